import type { FastifyRequest } from 'fastify';
import type { DayShown, DeskPart, PersonShown, VisitShown } from '../../../platform/web/desk-part.ts';
import { shortMoment, wallTime } from '../../../platform/web/wall-clock.ts';
import { examPath } from '../core/paths.ts';
import { BeginButton, OpenLink } from './begin-button.tsx';
import { aboutWords, ExamBadge } from './exam-words.tsx';
import { listExams } from './list-exams.ts';
import { ultrasoundVisits } from './us-visits.ts';

/** The front desk has no business with pictures of people. */
function seesExams({ staff }: FastifyRequest): boolean {
  return staff?.role === 'clinician' || staff?.role === 'owner';
}

/** On a visit's page: begin its examination, or open the one that there is. */
export const ultrasoundOfVisit: DeskPart<VisitShown> = async (clinic, request, { appointmentId }) => {
  if (!seesExams(request)) return null;
  const [visit] = await ultrasoundVisits(clinic, { appointmentId });
  if (!visit || (!visit.exam && !visit.stands)) return null;
  return (
    <section class="card stack" aria-labelledby="ultrasound-part">
      <div class="row">
        <h2 id="ultrasound-part">Ultrasound</h2>
        {visit.exam && <ExamBadge {...visit.exam} />}
      </div>
      {visit.exam ? (
        <OpenLink examId={visit.exam.id} about="" />
      ) : (
        <BeginButton from={{ appointmentId, patientId: visit.patientId }} about="" />
      )}
    </section>
  );
};

/** Beside the day: the visits with ultrasound, each one press from its examination. */
export const ultrasoundOfDay: DeskPart<DayShown> = async (clinic, request, day) => {
  if (!seesExams(request)) return null;
  const visits = await ultrasoundVisits(clinic, day);
  if (visits.length === 0) return null;
  return (
    <section aria-labelledby="ultrasound-part" class="ultrasound-day">
      <h2 id="ultrasound-part">
        Ultrasound{' '}
        <span class="badge" data-kind="mark">
          {visits.length}
        </span>
      </h2>
      <ul>
        {visits.map(({ appointmentId, patientId, patientName, start, exam }) => (
          <li key={appointmentId}>
            <a class="inline-link" href={`/desk/appointments/${appointmentId}`}>
              {patientName}
            </a>
            <span class="soft">{wallTime(start, day.timeZone)}</span>
            {exam ? (
              <>
                <ExamBadge {...exam} />
                <OpenLink examId={exam.id} label="Open" about={` the ultrasound of ${patientName}`} />
              </>
            ) : (
              <BeginButton
                from={{ appointmentId, patientId }}
                label="Begin"
                about={` the ultrasound of ${patientName}`}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** On a person's page: their examinations, and a new one. */
export const ultrasoundOfPerson: DeskPart<PersonShown> = async (clinic, request, { patientId }) => {
  if (!seesExams(request)) return null;
  const exams = await listExams(clinic, { patientId });
  const { timeZone, locale } = request.clinic;
  return (
    <section aria-labelledby="ultrasound-part" class="stack">
      <div class="row">
        <h2 id="ultrasound-part">Ultrasound</h2>
        <div class="push">
          <BeginButton from={{ patientId }} about=" of ultrasound" label="New examination" />
        </div>
      </div>
      {exams.length === 0 && <p class="soft">None yet.</p>}
      <ol>
        {exams.map((exam) => (
          <li class="moment dated" key={exam.id}>
            <time dateTime={new Date(exam.takenAt).toISOString()}>
              {shortMoment(exam.takenAt, timeZone, locale)}
            </time>
            <a href={examPath(exam.id)}>
              {exam.accession}: {aboutWords(exam)}
            </a>
            <ExamBadge {...exam} />
          </li>
        ))}
      </ol>
    </section>
  );
};
