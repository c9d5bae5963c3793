import type { FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type FormValues, formValues } from '../../../platform/web/form.ts';
import { SignedVersions } from '../../../platform/web/layout/index.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { deskPage } from '../../accounts/index.ts';
import { readShareLinks } from '../core/share-links.ts';
import { studyPath } from '../sessions/paths.ts';
import { WALK_VIEWER } from '../viewer/walk-viewer.tsx';
import { PlainWordsCard } from './plain-words.tsx';
import { type ReportWish, readReport, type ShownReport } from './read-report.ts';
import { valuesOfText } from './report-form.ts';
import { REPORT_PARTS, ReportPage } from './report-page.tsx';
import { SharePart } from './share-part.tsx';
import { SignForm } from './sign-form.tsx';

/** A route about one session. */
export interface ById {
  readonly Params: { readonly id: string };
}

/** What a form posted, shown again with what is wrong in it. */
export interface Typed {
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
}

export interface ReportAnswer {
  readonly typed?: Typed;
  /** A link that was just made: its secret is shown this once. */
  readonly link?: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The session's id. @throws UserError 404 where it is none */
export function studyIdOf({ params }: { readonly params: { readonly id: string } }): string {
  if (!UUID.test(params.id)) throw notFound('session');
  return params.id;
}

/** The report that a request asks for; looking at it is an event. @throws UserError 404 where there is none */
export async function openReport(
  request: FastifyRequest<ById>,
  wish: ReportWish = wishOf(request.query),
): Promise<ShownReport> {
  const id = studyIdOf(request);
  const shown = await inClinic(request.context, async (clinic) => {
    const found = await readReport(clinic, request.clinic, id, wish);
    const detail = { version: found?.signed?.version ?? null };
    if (found)
      await record(clinic, { action: 'study.report_viewed', subject: { kind: 'study', id }, detail });
    return found;
  });
  if (!shown)
    throw new UserError(404, 'There is no such report', 'The session may still be processed, or was not.', {
      href: studyPath(id),
      label: 'Go to the session',
    });
  return shown;
}

function wishOf(query: unknown): ReportWish {
  const { version, edit, part, with: chosen } = formValues(query);
  return {
    version: version && /^\d{1,4}$/.test(version) ? Number(version) : null,
    correcting: edit !== undefined,
    // The form always sends an empty one, so that none at all can be chosen too.
    comparison: part === 'compare' ? { with: chosen === undefined ? null : chosen.split('\n') } : null,
  };
}

/** Sends the report's page. */
export async function sendReport(
  platform: Platform,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  { typed, link }: ReportAnswer = {},
): Promise<FastifyReply> {
  const wish = wishOf(request.query);
  const shown = await openReport(request, typed ? { ...wish, correcting: true, version: null } : wish);
  const { study, signed } = shown;
  const path = studyPath(study.id, 'report');
  const { timeZone, locale } = request.clinic;
  const moment = (instant: number) => shortMoment(instant, timeZone, locale);
  const links = await inClinic(request.context, (clinic) => readShareLinks(clinic, study.id));
  const part = REPORT_PARTS.find((one) => one === formValues(request.query).part) ?? 'overview';
  const page = (
    <ReportPage
      {...shown}
      path={path}
      part={typed || link ? 'overview' : part}
      motionPath={`/desk/gait/${study.id}/motion.json?result=${shown.result.id}`}
    >
      {signed ? (
        <SignedWords shown={shown} path={path} />
      ) : (
        <Writing request={request} shown={shown} path={path} typed={typed ?? null} />
      )}
      <SignedVersions path={path} versions={shown.versions} shown={signed?.version ?? null} moment={moment} />
      {shown.versions.length > 0 && (
        <SharePart
          action={`${studyPath(study.id)}/share`}
          links={links}
          made={link ?? null}
          moment={moment}
          now={platform.clock.now()}
        />
      )}
    </ReportPage>
  );
  const head = { title: `Gait report, ${shown.day}`, islands: shown.motion ? [WALK_VIEWER] : [] };
  return sendPage(reply, await deskPage(platform, request, head, page), { status: typed ? 422 : 200 });
}

function SignedWords({ shown, path }: { shown: ShownReport; path: string }) {
  const { signed, study, versions } = shown;
  if (!signed) return null;
  const last = versions[0];
  return (
    <>
      <PlainWordsCard words={signed.plain} reader={study.patient.givenName} />
      <section class="card stack">
        <h2>Clinician’s findings</h2>
        <p class="written">{signed.findings}</p>
        {last && last.version !== signed.version ? (
          <p class="notice" data-kind="warn">
            Version {last.version} has replaced this one. <a href={path}>See the last version</a>
          </p>
        ) : (
          <p>
            <a class="btn" href={`${path}?edit`}>
              Write a correction
            </a>
          </p>
        )}
      </section>
    </>
  );
}

function Writing(props: {
  request: FastifyRequest<ById>;
  shown: ShownReport;
  path: string;
  typed: Typed | null;
}) {
  const { request, shown, path, typed } = props;
  const { staff } = request;
  return (
    <SignForm
      action={path}
      resultId={shown.result.id}
      values={typed?.values ?? valuesOfText(shown.study.draft ?? shown.versions[0] ?? null)}
      errors={typed?.errors ?? {}}
      reader={shown.study.patient.givenName}
      version={(shown.versions[0]?.version ?? 0) + 1}
      saved={formValues(request.query).kept !== undefined && !typed}
      maySign={maySign(staff)}
    />
  );
}

/** Whoever treats people signs: clinicians, and an owner who is one. */
export function maySign(staff: FastifyRequest['staff']): boolean {
  return staff?.role === 'clinician' || (staff !== null && staff !== undefined && staff.resourceId !== null);
}
