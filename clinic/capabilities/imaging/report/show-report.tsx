import type { FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type FormValues, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { deskPage } from '../../accounts/index.ts';
import { isUuid } from '../../settings/index.ts';
import { readExam } from '../core/exam.ts';
import { fullMoment } from '../core/full-moment.ts';
import { examPath } from '../core/paths.ts';
import { framePicturePath } from '../papers/frame-routes.ts';
import { type Referral, readReferrals } from '../referral/read-referrals.ts';
import { comparedWith, safetyFactsOf } from './content-of.ts';
import { type FrameDrawing, readDrawings } from './frame-drawings.ts';
import { limitsFor } from './limits.ts';
import { readMadeFrom } from './made-from.ts';
import { PICTURE_WIDTH, type ShownFrame } from './pictures-part.tsx';
import { readSignedContent } from './read-signed.ts';
import { draftOf, type ReportDraft, revisionOf } from './report-draft.ts';
import { REPORT_FORM, ReportForm } from './report-form.tsx';
import { reportInputOf } from './report-input.ts';
import { type ReportMaterial, readMaterial } from './report-material.ts';
import { ReportPage } from './report-page.tsx';
import { valuesOfExam, valuesOfSigned } from './report-values.ts';
import { safetyDemands } from './safety-rule.ts';
import type { SignedContent } from './signed-content.ts';
import { SignedView } from './signed-view.tsx';

const KEEPS_DRAFT = 'capabilities/imaging/islands/report-draft';

/** A route about one examination. */
export interface ById {
  readonly Params: { readonly id: string };
}

/** What a form posted, shown again with what is wrong in it, or with why it could not be kept or signed. */
export interface TypedReport {
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
  readonly refusal?: string;
  /** The draft that the writer had before them: another one than the stored is shown beside what was typed. */
  readonly revision: number;
}

interface Wish {
  readonly version: number | null;
  readonly correcting: boolean;
}

interface Found {
  readonly material: ReportMaterial;
  readonly referrals: readonly Referral[];
  /** Null where a draft is written. */
  readonly signed: SignedContent | null;
  /** What is drawn above the key frames, in their order. */
  readonly drawings: readonly (FrameDrawing | null)[];
}

/** The examination's id. @throws UserError 404 where it is none */
export function examIdOf({ params }: { readonly params: { readonly id: string } }): string {
  if (!isUuid(params.id)) throw notFound('examination');
  return params.id;
}

/** Sends the report's page: the version that is asked for, the last one, or the form where something is being written. */
export async function sendReport(
  platform: Platform,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  typed: TypedReport | null = null,
): Promise<FastifyReply> {
  const found = await find(request, typed ? { version: null, correcting: true } : wishOf(request.query));
  const { material, signed } = found;
  const now = platform.clock.now();
  const page = signed ? (
    <SignedPage request={request} found={found} signed={signed} now={now} />
  ) : (
    <DraftPage request={request} found={found} typed={typed} now={now} />
  );
  const { givenName, familyName } = material.exam.patient;
  const title = `Ultrasound report: ${givenName} ${familyName}`;
  const head = { title, current: 'imaging', islands: signed ? [] : [KEEPS_DRAFT] } as const;
  return sendPage(reply, await deskPage(platform, request, head, page), { status: typed ? 422 : 200 });
}

function wishOf(query: unknown): Wish {
  const { version, edit } = formValues(query);
  const isNumber = version !== undefined && /^\d{1,4}$/.test(version);
  if (version !== undefined && !isNumber) throw notFound('version');
  return { version: isNumber ? Number(version) : null, correcting: edit !== undefined };
}

/** Reads what is shown; looking at it is an event. @throws UserError 404 where there is none */
async function find(request: FastifyRequest<ById>, wish: Wish): Promise<Found> {
  const id = examIdOf(request);
  return inClinic(request.context, async (clinic) => {
    const exam = await readExam(clinic, id);
    if (!exam) throw notFound('examination');
    const material = await readMaterial(clinic, exam);
    const isWriting = wish.correcting || material.last === null || draftOf(exam.draft) !== null;
    const signed =
      wish.version !== null
        ? await readSignedContent(clinic, id, wish.version)
        : isWriting
          ? null
          : material.last;
    if (wish.version !== null && !signed) throw notFound('version');
    const subject = { kind: 'study', id };
    const detail = { version: signed?.version ?? null };
    await record(clinic, { action: 'study.report_viewed', subject, detail });
    const frames = signed
      ? signed.keyFrames
      : material.keyFrames.map(({ clip, frame, analysisId }) => ({ instanceId: clip.id, frame, analysisId }));
    const from = signed && (await readMadeFrom(clinic, id, signed.version));
    const drawings = await readDrawings(clinic, frames, from);
    return { material, referrals: await readReferrals(clinic, id), signed, drawings };
  });
}

interface Shared {
  readonly request: FastifyRequest<ById>;
  readonly found: Found;
  readonly now: number;
}

function SignedPage({ request, found, signed, now }: Shared & { signed: SignedContent }) {
  const { clinic } = request;
  const { material, referrals } = found;
  const last = material.versions[0]?.version ?? signed.version;
  const labels = new Map(
    signed.clips.map((clip, index) => [clip.instanceId, clip.label || `clip ${index + 1}`]),
  );
  const present = new Set(material.clips.map(({ id }) => id));
  const setAside = signed.clips.filter(({ instanceId }) => !present.has(instanceId));
  return (
    <ReportPage
      {...{ clinic, referrals, now }}
      shown={signed}
      frames={signed.keyFrames.map((one, index) => ({
        key: `${one.instanceId}${one.frame}${index}`,
        src: framePicturePath(one.instanceId, one.frame, PICTURE_WIDTH),
        alt: altOf(one.frame, labels.get(one.instanceId) ?? ''),
        drawing: found.drawings[index] ?? null,
        caption: one.caption || `Frame ${one.frame} of ${labels.get(one.instanceId) ?? 'a clip'}`,
      }))}
      moments={signed.moments.map((one) => ({ ...one, clip: labels.get(one.instanceId) ?? 'a clip' }))}
      versions={material.versions}
      version={signed.version}
      unfinished={0}
    >
      <SignedView
        content={signed}
        replacedBy={last === signed.version ? null : last}
        setAside={setAside.map(({ instanceId }) => labels.get(instanceId) ?? 'a clip')}
        moment={(instant) => fullMoment(instant, clinic)}
      />
    </ReportPage>
  );
}

function DraftPage({ request, found, typed, now }: Shared & { typed: TypedReport | null }) {
  const { clinic, staff } = request;
  const { material, referrals } = found;
  const { exam, last, clips } = material;
  const draft = draftOf(exam.draft);
  const begun = last ? valuesOfSigned(last) : valuesOfExam(exam);
  const values = typed?.values ?? draft?.values ?? begun;
  const input = reportInputOf(values, clinic.timeZone);
  const moment = (instant: number) => fullMoment(instant, clinic);
  const labels = new Map(clips.map((clip, index) => [clip.id, clip.label || `clip ${index + 1}`]));
  const isOvertaken = typed !== null && draft !== null && draft.revision !== typed.revision;
  return (
    <ReportPage
      {...{ clinic, referrals, now }}
      shown={{
        exam,
        anatomy: input.anatomy,
        measurements: material.measurements,
        earlier: comparedWith(material, input.anatomy),
        limits: limitsFor(exam.suspicion, input.anatomy),
      }}
      frames={draftFrames(found, values, typed?.errors ?? {}, labels)}
      moments={material.moments.map((one) => ({ ...one, clip: labels.get(one.instanceId) ?? 'a clip' }))}
      versions={material.versions}
      version={null}
      unfinished={material.unfinished}
    >
      <ReportForm
        action={examPath(exam.id, 'report')}
        opened={{ base: last?.version ?? 0, revision: revisionOf(draft), seen: material.seen }}
        demands={safetyDemands(safetyFactsOf(material, input, now))}
        values={values}
        errors={typed?.errors ?? {}}
        refusal={typed?.refusal ?? null}
        other={isOvertaken ? { draft, at: moment(draft.at) } : null}
        kept={draft && !typed ? keptWords(draft, staff?.userId ?? '', moment) : null}
        version={(last?.version ?? 0) + 1}
        maySign={staff ? maySign(staff) : false}
        referredBefore={last?.finding === 'complete-tear' ? last.referral : null}
        zone={clinic.timeZone}
      />
    </ReportPage>
  );
}

function keptWords(draft: ReportDraft, reader: string, moment: (instant: number) => string): string {
  const who = draft.by === reader ? 'you' : draft.byName;
  return `Draft, kept by ${who}, ${moment(draft.at)}. Nobody but the clinic sees it.`;
}

/** Key frames with their captions, which belong to the form although they stand beside their pictures. */
function draftFrames(
  { material: { keyFrames }, drawings }: Found,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
  labels: ReadonlyMap<string, string>,
): readonly ShownFrame[] {
  return keyFrames.map(({ id, clip, frame, caption }, index) => {
    const name = `caption-${id}`;
    const label = labels.get(clip.id) ?? '';
    return {
      key: id,
      src: framePicturePath(clip.id, frame, PICTURE_WIDTH),
      alt: altOf(frame, label),
      drawing: drawings[index] ?? null,
      caption: (
        <div class="field">
          <label for={`field-${name}`}>
            Caption{' '}
            <small>
              frame {frame} of {label}
            </small>
          </label>
          <input
            id={`field-${name}`}
            name={name}
            form={REPORT_FORM}
            value={values[name] ?? caption}
            autocomplete="off"
            aria-invalid={errors[name] ? 'true' : undefined}
          />
          {errors[name] && <small class="error">{errors[name]}</small>}
        </div>
      ),
    };
  });
}

function altOf(frame: number, label: string): string {
  return `Ultrasound picture: frame ${frame} of ${label || 'a clip'}`;
}

/** Whoever treats people signs: clinicians, and an owner who is one. */
export function maySign(staff: NonNullable<FastifyRequest['staff']>): boolean {
  return staff.role === 'clinician' || (staff.role === 'owner' && staff.resourceId !== null);
}
