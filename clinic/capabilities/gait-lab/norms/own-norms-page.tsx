import { LEAST_REFERENCE_PEOPLE, type UnfitForNorms } from '@rectus/gait';
import { dateAt } from '@rectus/schedule';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { ErrorSummary, Notice } from '../../../platform/web/layout/index.ts';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import { TextField } from '../../settings/index.ts';
import { NORMS, studyPath } from '../sessions/paths.ts';
import { tooFewWords } from './build-own-norms.ts';
import { footwearWords } from './norm-words.ts';
import type { SessionFilter } from './own-norms-form.ts';
import { addUp, type ReferenceSession } from './reference-sessions.ts';

export interface OwnNormsPageProps {
  readonly clinic: Clinic;
  readonly sessions: readonly ReferenceSession[];
  readonly ticked: ReadonlySet<string>;
  readonly filter: SessionFilter;
  readonly form: FormErrors;
  /** Whether what is ticked was asked to be added up. */
  readonly counted: boolean;
}

const UNFIT: Readonly<Record<UnfitForNorms, string>> = {
  'age-unknown': 'no date of birth',
  'speed-unknown': 'no whole stride',
  'walking-aid': 'walked with an aid',
};

/** Choosing the sessions that a set of the clinic's own is built from. */
export function OwnNormsPage(props: OwnNormsPageProps) {
  const { sessions, form, counted, ticked } = props;
  const chosen = sessions.filter(({ studyId }) => ticked.has(studyId));
  return (
    <>
      <p class="crumbs">
        <a href={NORMS}>‹ Norms</a>
      </p>
      <h1>Norms of your own</h1>
      <p class="lede">
        Choose walks at an easy pace of people without complaints. Each person counts once, however many of
        their sessions you take; at least {LEAST_REFERENCE_PEOPLE} people are needed.
      </p>
      <ErrorSummary errors={Object.entries(form.errors).map(([field, message]) => errorOf(field, message))} />
      {counted && <Sum chosen={chosen} />}
      <form method="post" action={`${NORMS}/own`} class="stack build-norms" novalidate>
        <Filter {...props} />
        {sessions.length === 0 ? (
          <Notice kind="plain" title="No session fits">
            <p>Sessions appear here once their report is ready.</p>
          </Notice>
        ) : (
          <>
            <Sessions {...props} />
            <p>
              <button type="submit" name="do" value="count">
                Count what is ticked
              </button>
            </p>
            <TheSet form={form} />
          </>
        )}
      </form>
    </>
  );
}

function TheSet({ form }: { form: FormErrors }) {
  return (
    <section class="card stack own-norms" aria-labelledby="the-set">
      <h2 id="the-set">The set</h2>
      <TextField form={form} name="name" label="Name" max={200} />
      <TextField
        form={form}
        name="population"
        label="Whose walks these are"
        hint="As the report says it after “± 1 SD of”: staff and friends of the clinic without complaints"
        max={300}
      />
      <TextField form={form} name="licence" label="What may be done with it" max={200} />
      <TextField form={form} name="citation" label="How it is cited" max={300} />
      <button type="submit" name="do" value="build" class="primary">
        Build and use it
      </button>
    </section>
  );
}

function errorOf(field: string, message: string) {
  return field === 'session' ? { field, message, id: 'sessions' } : { field, message };
}

/** What is ticked amounts to this. */
function Sum({ chosen }: { chosen: readonly ReferenceSession[] }) {
  const sum = addUp(chosen);
  const tooFew = tooFewWords(sum.people);
  const years = sum.ageYears && rangeWords(Math.floor(sum.ageYears.least), Math.floor(sum.ageYears.greatest));
  return (
    <Notice
      kind={tooFew ? 'warn' : 'good'}
      title={`${plural(sum.people, 'person', 'people')}, ${plural(sum.sessions, 'session', 'sessions')}, ${plural(sum.strides, 'stride', 'strides')}`}
      live
    >
      {tooFew && <p>{tooFew}</p>}
      {years && sum.speeds && (
        <p>
          {years} years, footwear: {footwearWords(sum.footwear)}, speed for their size{' '}
          {rangeWords(sum.speeds.least.toFixed(2), sum.speeds.greatest.toFixed(2))}.
        </p>
      )}
    </Notice>
  );
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function rangeWords(least: number | string, greatest: number | string): string {
  return least === greatest ? String(least) : `${least} to ${greatest}`;
}

function Filter({ filter }: OwnNormsPageProps) {
  return (
    <fieldset class="row session-filter">
      <legend class="vh">Narrow the list</legend>
      <label class="field">
        Footwear
        <select name="footwear">
          <option value="">Any</option>
          <option value="barefoot" selected={filter.footwear === 'barefoot'}>
            Barefoot
          </option>
          <option value="shod" selected={filter.footwear === 'shod'}>
            Shoes
          </option>
        </select>
      </label>
      <label class="field">
        Age from
        <input type="text" inputMode="numeric" name="from" size={4} value={filter.from ?? ''} />
      </label>
      <label class="field">
        to
        <input type="text" inputMode="numeric" name="to" size={4} value={filter.to ?? ''} />
      </label>
      <button type="submit" name="do" value="show">
        Show
      </button>
    </fieldset>
  );
}

function Sessions({ clinic, sessions, ticked }: OwnNormsPageProps) {
  return (
    // Wide tables scroll by themselves, which must work by keyboard as well.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard
    <section class="scroll card" aria-label="Sessions" id="sessions" tabIndex={0}>
      <table class="stacked sessions">
        <thead>
          <tr>
            <th scope="col">Person and day</th>
            <th scope="col" class="n">
              Age
            </th>
            <th scope="col">Footwear</th>
            <th scope="col" class="n">
              Speed
            </th>
            <th scope="col" class="n">
              Strides
            </th>
            <th scope="col">How</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((one) => (
            <tr key={one.studyId}>
              <th scope="row">
                <label class="check">
                  <input
                    type="checkbox"
                    name="session"
                    value={one.studyId}
                    checked={ticked.has(one.studyId)}
                    disabled={one.unfit !== null}
                  />
                  <span>
                    {one.name}
                    <span class="line soft">
                      {shortDate(dateAt(one.takenAt, clinic.timeZone), clinic.locale, true)}
                      {one.unfit && <b>: {UNFIT[one.unfit]}</b>}
                    </span>
                  </span>
                </label>
              </th>
              <td class="n">
                {one.ageYears ?? '–'}
                <span class="narrow-only"> years,</span>
              </td>
              <td>
                <span class="narrow-only">footwear: </span>
                {footwearWords(one.footwear)}
                <span class="narrow-only">,</span>
              </td>
              <td class="n">{one.speedMPerS === null ? '–' : `${one.speedMPerS.toFixed(2)} m/s`}</td>
              <td class="n">
                {one.strides}
                <span class="narrow-only"> strides</span>
              </td>
              <td>
                <a href={studyPath(one.studyId, 'report')}>
                  {one.condition || 'Report'}
                  <span class="vh"> of {one.name}</span>
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
