import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { ErrorSummary, fieldId, Notice } from '../../../platform/web/layout/index.ts';
import { fullMoment } from '../core/full-moment.ts';
import { EXCEPTIONS, examPath, IMAGING } from '../core/paths.ts';
import type { RuleException } from './read-exceptions.ts';

export interface ExceptionsPageProps {
  readonly clinic: Clinic;
  readonly exceptions: readonly RuleException[];
  readonly only: 'open' | 'all';
  readonly said: string | null;
  /** A note that could not be kept, by the id of its reason. */
  readonly typed: (FormErrors & { readonly id: string }) | null;
}

const RULES: Readonly<Record<string, string>> = {
  'clips-missing': 'Signed without a clip at rest and one in contraction',
  'tear-criterion-overruled': 'Not reported as a complete tear, although numbers or grade say so',
};

/** For the owner: every reason that was given instead of what the safety rule asks for. */
export function ExceptionsPage({ clinic, exceptions, only, said, typed }: ExceptionsPageProps) {
  const tab = (of: 'open' | 'all', label: string) => (
    <a
      href={of === 'open' ? EXCEPTIONS : `${EXCEPTIONS}?show=all`}
      aria-current={only === of ? 'page' : undefined}
    >
      {label}
    </a>
  );
  return (
    <>
      <p class="small">
        <a href={IMAGING}>Ultrasound</a>
      </p>
      <h1>Reasons given when signing</h1>
      <p class="soft">
        An ultrasound report can be signed against the safety rule for a reason. Look at each, and speak with
        whoever gave it where it does not convince you.
      </p>
      {said && <Notice kind="good" title={said} live />}
      {typed && (
        <ErrorSummary
          errors={Object.values(typed.errors).map((message) => ({
            field: 'note',
            message,
            id: fieldId(`note-${typed.id}`),
          }))}
        />
      )}
      <nav class="tabs" aria-label="Which reasons">
        {tab('open', 'To review')}
        {tab('all', 'All')}
      </nav>
      {exceptions.length === 0 && (
        <p class="soft">
          {only === 'open' ? 'Every reason has been reviewed.' : 'No reason was ever given.'}
        </p>
      )}
      <ul class="cards">
        {exceptions.map((one) => (
          <Reason
            key={one.id}
            one={one}
            clinic={clinic}
            typed={typed?.id === one.id ? typed : null}
            only={only}
          />
        ))}
      </ul>
    </>
  );
}

function Reason(props: {
  one: RuleException;
  clinic: Clinic;
  only: 'open' | 'all';
  typed: FormErrors | null;
}) {
  const { one, clinic, typed, only } = props;
  const { review } = one;
  return (
    <li class="q us-exception" id={`reason-${one.id}`}>
      <div>
        <b>{RULES[one.rule] ?? one.rule}</b>{' '}
        <span class="badge" data-kind={review ? 'good' : 'warn'}>
          {review ? 'Reviewed' : 'To review'}
        </span>
        <p class="written">“{one.reason}”</p>
        <p class="small soft">
          {one.givenBy}, {fullMoment(one.givenAt, clinic)} ·{' '}
          <a href={`${examPath(one.examId, 'report')}?version=${one.version}`}>
            {one.patientName}, {one.accession}, version {one.version}
          </a>
        </p>
        {review && (
          <p class="small">
            Reviewed by {review.by}, {fullMoment(review.at, clinic)}
            {review.note && `: ${review.note}`}
          </p>
        )}
      </div>
      {!review && (
        <form method="post" action={`${EXCEPTIONS}/${one.id}`} class="row outcome">
          <input type="hidden" name="show" value={only} />
          <label class="field" for={fieldId(`note-${one.id}`)}>
            Note
            <input
              id={fieldId(`note-${one.id}`)}
              type="text"
              name="note"
              value={typed?.values.note ?? ''}
              autocomplete="off"
              aria-invalid={typed ? 'true' : undefined}
            />
          </label>
          <button type="submit">Mark as reviewed</button>
        </form>
      )}
    </li>
  );
}
