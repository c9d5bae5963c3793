import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { birthDateText, shortMoment } from '../../../platform/web/wall-clock.ts';
import type { PersonFound } from '../../records/index.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import { ARRIVALS, IMAGING, REFUSALS } from '../core/paths.ts';
import { Thumbnail } from '../exams/clip-card.tsx';
import { clipFactsLine, SOURCES } from '../exams/clip-words.ts';
import { aboutWords, clipCount, ExamBadge } from '../exams/exam-words.tsx';
import type { Candidate } from './candidates.ts';
import { dayWords, spokenName } from './same-person.ts';
import type { WaitingStudy } from './waiting-clips.ts';

export interface WaitingShown extends WaitingStudy {
  readonly candidates: readonly Candidate[];
}

export interface ArrivalsPageProps {
  readonly clinic: Clinic;
  readonly studies: readonly WaitingShown[];
  readonly setAside: readonly ClipFacts[];
  /** Whose record is looked for, for which of the studies. */
  readonly search: {
    readonly study: string;
    readonly query: string;
    readonly found: readonly PersonFound[];
  } | null;
  /** What has just happened, in words. */
  readonly done: { readonly title: string; readonly hint: string } | null;
}

/** Clips for which nobody has said whose they are: what each says of itself, beside what it may belong to. */
export function ArrivalsPage(props: ArrivalsPageProps) {
  const { clinic, studies, setAside, done } = props;
  return (
    <>
      <div class="row">
        <h1>Whose clips are these?</h1>
        <div class="row push">
          <a class="btn" href={REFUSALS}>
            Refused files
          </a>
          <a class="btn" href={IMAGING}>
            Ultrasound
          </a>
        </div>
      </div>
      {done && (
        <Notice kind="plain" title={done.title} live>
          <p>{done.hint}</p>
        </Notice>
      )}
      {studies.length === 0 ? (
        <p class="soft">No clip waits. What is recorded from the worklist finds its examination by itself.</p>
      ) : (
        <p class="soft us-lede">
          These clips came without an order that we gave. Nothing is filed by a name that looks alike:
          compare, and choose.
        </p>
      )}
      <ol class="us-studies">
        {studies.map((study) => (
          <StudyCard key={study.dicomStudyUid} {...props} study={study} />
        ))}
      </ol>
      {setAside.length > 0 && <SetAside clinic={clinic} clips={setAside} />}
    </>
  );
}

type CardProps = Pick<ArrivalsPageProps, 'clinic' | 'search'> & { readonly study: WaitingShown };

function StudyCard({ clinic, study, search }: CardProps) {
  const [first] = study.clips;
  if (!first) return null;
  const key = first.id;
  const form = `match-${key}`;
  return (
    <li class="card us-study" id={`study-${key}`}>
      <div class="stack">
        <h2>{clipCount(study.clips.length).replace(/^o/, 'O')}</h2>
        <Says clinic={clinic} clip={first} />
        <ul class="us-waiting-clips">
          {study.clips.map((clip, index) => (
            <li key={clip.id}>
              <label class="choice">
                <input type="checkbox" name="clip" value={clip.id} checked form={form} />
                <Thumbnail clip={clip} />
                <span class="tiny">
                  <span class="vh">Clip {index + 1}: </span>
                  {clipFactsLine(clip)}
                </span>
              </label>
            </li>
          ))}
        </ul>
      </div>
      <div class="stack">
        <form method="post" action={`${ARRIVALS}/match`} id={form} class="stack">
          <fieldset class="stack">
            <legend>They belong to</legend>
            {study.candidates.length === 0 && (
              <p class="soft">No examination of that day is open. Look for the person below.</p>
            )}
            {study.candidates.map((candidate) => (
              <CandidateChoice key={candidate.exam.id} clinic={clinic} candidate={candidate} />
            ))}
          </fieldset>
          {study.candidates.length > 0 && (
            <button type="submit" class="primary">
              File them there
            </button>
          )}
        </form>
        <PersonSearch clinic={clinic} study={study} search={search} form={form} />
        <AsideForm form={form} />
      </div>
    </li>
  );
}

/** What the file says of itself, and why it waits. */
function Says({ clinic, clip }: { clinic: Clinic; clip: ClipFacts }) {
  const { says } = clip;
  const machine = [says.manufacturer, says.model].filter(Boolean).join(' ');
  const line = (term: string, value: string | null) =>
    value ? (
      <>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </>
    ) : null;
  return (
    <>
      <p class="soft">{clip.waitingReason}</p>
      <dl class="us-says">
        {line('The file says', says.name ? spokenName(says.name) : 'nobody by name')}
        {line('Born', says.birthDate && dayWords(says.birthDate))}
        {line('Patient id', says.patientId)}
        {line('Number', says.accession)}
        {line('Recorded', says.studyDate && dayWords(says.studyDate))}
        {line('Machine', machine)}
        {line(
          'Came',
          `${shortMoment(clip.receivedAt, clinic.timeZone, clinic.locale)}, ${SOURCES[clip.source]}`,
        )}
      </dl>
    </>
  );
}

function CandidateChoice({ clinic, candidate }: { clinic: Clinic; candidate: Candidate }) {
  const { exam, agrees, differs } = candidate;
  return (
    <label class="choice us-candidate">
      <input type="radio" name="exam" value={exam.id} required />
      <span>
        <b>{exam.patientName}</b>, born {birthDateText(exam.birthDate, clinic.locale)}
        <br />
        <span class="soft tiny">
          {exam.accession}, {shortMoment(exam.takenAt, clinic.timeZone, clinic.locale)}, {aboutWords(exam)},{' '}
          {clipCount(exam.clips)}
        </span>
        <br />
        <span class="tiny">
          {agrees.length > 0 && <span class="us-agrees">same {agrees.join(', ')}</span>}
          {differs.length > 0 && <strong class="us-differs">other {differs.join(', ')}</strong>}
          {agrees.length === 0 && differs.length === 0 && 'nothing to compare'}
        </span>
      </span>
      <ExamBadge {...exam} />
    </label>
  );
}

type SearchProps = CardProps & { readonly form: string };

/** Whoever is not among the day's examinations: found in the records, with a new examination. */
function PersonSearch({ clinic, study, search, form }: SearchProps) {
  const key = study.clips[0]?.id ?? '';
  const mine = search?.study === study.dicomStudyUid ? search : null;
  const id = `q-${key}`;
  return (
    <details open={mine !== null}>
      <summary>Somebody else</summary>
      <search class="stack">
        <form method="get" action={`${ARRIVALS}#study-${key}`} class="row people-search">
          <input type="hidden" name="study" value={study.dicomStudyUid} />
          <label class="field" for={id}>
            Name, date of birth or telephone
            <input id={id} type="search" name="q" value={mine?.query ?? ''} autocomplete="off" />
          </label>
          <button type="submit">Find</button>
        </form>
      </search>
      {mine && mine.query !== '' && mine.found.length === 0 && (
        <p class="soft">Nobody found for “{mine.query}”.</p>
      )}
      <ul class="plain-list">
        {mine?.found.map((person) => (
          <li class="row" key={person.id}>
            <span>
              {person.givenName} {person.familyName},{' '}
              <span class="soft">{birthDateText(person.birthDate, clinic.locale)}</span>
            </span>
            <button
              type="submit"
              class="push"
              form={form}
              formAction={`${ARRIVALS}/new`}
              formNoValidate
              name="patientId"
              value={person.id}
            >
              New examination
              <span class="vh">
                {' '}
                of {person.givenName} {person.familyName} with these clips
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function AsideForm({ form }: { form: string }) {
  const id = `reason-${form}`;
  return (
    <details>
      <summary>They belong to nobody</summary>
      <div class="row">
        <label class="field" for={id}>
          Why they are set aside
          <input
            id={id}
            name="reason"
            form={form}
            maxLength={300}
            placeholder="Test of the machine"
            autocomplete="off"
          />
        </label>
        <button type="submit" form={form} formAction={`${ARRIVALS}/aside`} formNoValidate>
          Set aside
        </button>
      </div>
    </details>
  );
}

function SetAside({ clinic, clips }: { clinic: Clinic; clips: readonly ClipFacts[] }) {
  return (
    <details class="us-aside">
      <summary>
        Set aside <span class="badge">{clips.length}</span>
      </summary>
      <ul>
        {clips.map((clip) => (
          <li class="row" key={clip.id}>
            <Thumbnail clip={clip} />
            <span>
              {clip.waitingReason}
              <br />
              <span class="soft tiny">
                {shortMoment(clip.receivedAt, clinic.timeZone, clinic.locale)}, {clipFactsLine(clip)}
              </span>
            </span>
            <form method="post" action={`${ARRIVALS}/back`} class="push">
              <input type="hidden" name="clip" value={clip.id} />
              <button type="submit">
                Put back
                <span class="vh">
                  {' '}
                  the clip of {shortMoment(clip.receivedAt, clinic.timeZone, clinic.locale)}
                </span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </details>
  );
}
