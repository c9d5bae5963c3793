import { dateAt } from '@rectus/schedule';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import { type ListedReport, readReportsOf } from '../../gait-lab/index.ts';
import { forWhom, type Portal, type PortalSection, shownIds } from '../portal.ts';

/** What was measured and signed: each leads to the patient's own page of it. */
export const reports: PortalSection = {
  id: 'reports',
  async show(portal, clinic) {
    const listed = await readReportsOf(clinic, shownIds(portal));
    if (listed.length === 0) return null;
    return (
      <>
        <h2>How you move</h2>
        <ul class="my-lines card">
          {listed.map((report) => (
            <ReportLine key={report.studyId} portal={portal} report={report} />
          ))}
        </ul>
      </>
    );
  },
};

function ReportLine({ portal, report }: { portal: Portal; report: ListedReport }) {
  const { timeZone, locale } = portal.clinic;
  const day = (instant: number) => shortDate(dateAt(instant, timeZone), locale, true);
  const who = forWhom(portal, report.patientId);
  return (
    <li class="my-line">
      <p>
        <b>Gait report{who && ` for ${who}`}</b>
        {report.finding && <span class="below">{report.finding}</span>}
        <span class="small soft below">
          Session of {day(report.takenAt)}, signed {day(report.signedAt)}
        </span>
      </p>
      <p class="row small my-papers">
        <a href={`/my/reports/${report.studyId}`}>
          See the walk<span class="vh"> of {day(report.takenAt)}</span>
        </a>
        <a href={`/my/reports/${report.studyId}.pdf`}>
          PDF<span class="vh"> of the report of {day(report.takenAt)}</span>
        </a>
      </p>
    </li>
  );
}
