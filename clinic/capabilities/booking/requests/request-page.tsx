import { addDays, type PlainDate } from '@rectus/schedule';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormValues } from '../../../platform/web/form.ts';
import { Field, Notice, StepsNav } from '../../../platform/web/layout/index.ts';
import { type FieldErrors, FormProblems, PersonFields } from '../pages/person-fields.tsx';
import { HiddenFields } from '../pages/steps.tsx';
import { zoneCity } from '../pages/times.ts';
import { addressLine } from '../pages/visit.ts';
import { PART_LABELS, PARTS, PREFERRED_COUNT, REQUEST_HORIZON_DAYS } from './preferred-times.ts';

export type RequestKind = 'telehealth' | 'office';

export const REQUEST_TITLES: Readonly<Record<RequestKind, string>> = {
  telehealth: 'Request telehealth',
  office: 'Request an office visit',
};

export const REASON_LIMIT = 500;

export function RequestSteps({ kind, current }: { kind: RequestKind; current: 0 | 1 }) {
  const steps = [{ label: 'Safety', href: `/request/${kind}` }, { label: 'Times and you' }];
  return <StepsNav steps={steps} current={current} />;
}

/** When somebody could come, where, why in a few words, and who she is. */
export function RequestPage(props: {
  kind: RequestKind;
  clinic: Clinic;
  values: FormValues;
  errors: FieldErrors;
  fields: Readonly<Record<string, string | undefined>>;
  sendsAnswers: boolean;
  today: PlainDate;
  /** By whose clock parts of a day are meant. */
  zone: string;
}) {
  const { kind, clinic, values, errors, today } = props;
  return (
    <div class="booking stack">
      <RequestSteps kind={kind} current={1} />
      <div class="asked">
        <h1>{REQUEST_TITLES[kind]}</h1>
        <p class="small soft">
          Tell us when it would suit you; we find a time and write to you. Rather choose yourself?{' '}
          <a href="/book">Book now</a>
        </p>
      </div>
      <FormProblems errors={errors} />
      <form id="request" method="post" action={`/request/${kind}`} class="stack person" noValidate>
        <HiddenFields fields={props.fields} />
        {kind === 'office' && <Sites clinic={clinic} values={values} error={errors.where} />}
        <PreferredDays values={values} errors={errors} today={today} zone={props.zone} />
        <Field
          name="reason"
          label="What is it about?"
          hint="A few words; no need for medical detail"
          error={errors.reason}
          optional
        >
          {(control) => (
            <textarea {...control} rows={2}>
              {values.reason}
            </textarea>
          )}
        </Field>
        <h2>You</h2>
        <PersonFields values={values} errors={errors} />
        {props.sendsAnswers && (
          <p class="small soft">
            Your safety answers go to the clinic with this request. <a href={`/request/${kind}`}>Change</a>
          </p>
        )}
        <button type="submit" class="primary roomy wide">
          Send the request
        </button>
      </form>
      <div class="dock narrow">
        <button type="submit" form="request" class="primary roomy">
          Send the request
        </button>
      </div>
    </div>
  );
}

function Sites({ clinic, values, error }: { clinic: Clinic; values: FormValues; error: string | undefined }) {
  return (
    <fieldset class="choices" aria-describedby={error ? 'where-error' : undefined}>
      <legend>
        <h2>Where?</h2>
      </legend>
      {clinic.sites.map((site, index) => (
        <label class="choice" key={site.id}>
          <input
            type="radio"
            id={index === 0 ? 'field-where' : undefined}
            name="where"
            value={site.slug}
            checked={values.where === site.slug || clinic.sites.length === 1}
            required
          />
          <span class="offer">
            <b>{site.name}</b>
            <small class="soft">{addressLine(site)}</small>
          </span>
        </label>
      ))}
      {error && (
        <small class="error" id="where-error">
          {error}
        </small>
      )}
    </fieldset>
  );
}

function PreferredDays(props: { values: FormValues; errors: FieldErrors; today: PlainDate; zone: string }) {
  const { values, errors, today, zone } = props;
  return (
    <fieldset class="stack preferred">
      <legend>
        <h2>When?</h2>
      </legend>
      <p class="small soft">Up to three days. Times of day are by the clock in {zoneCity(zone)}.</p>
      {Array.from({ length: PREFERRED_COUNT }, (_, index) => index + 1).map((number) => (
        <div class="pair" key={number}>
          <Field
            name={`date${number}`}
            label={number === 1 ? 'Day' : `Or day ${number}`}
            error={errors[`date${number}`]}
            optional={number > 1}
          >
            {(control) => (
              <input
                {...control}
                type="date"
                min={today}
                max={addDays(today, REQUEST_HORIZON_DAYS)}
                value={values[`date${number}`]}
              />
            )}
          </Field>
          <label class="field">
            Time of day<span class="vh"> for day {number}</span>
            <select name={`part${number}`}>
              {PARTS.map((part) => (
                <option key={part} value={part} selected={values[`part${number}`] === part}>
                  {PART_LABELS[part]}
                </option>
              ))}
            </select>
          </label>
        </div>
      ))}
    </fieldset>
  );
}

/** What happens next. Holds nothing about the person, so it can be opened again. */
export function RequestReceivedPage({ clinic }: { clinic: Clinic }) {
  return (
    <div class="booking stack">
      <h1>We have your request</h1>
      <Notice kind="good" title="Nothing is booked yet" live>
        <p>We are writing to you to say that it has arrived.</p>
      </Notice>
      <ol class="numbered">
        <li>Somebody at the desk looks for a time on the days that suit you.</li>
        <li>You get an e-mail with the time and a link to move or cancel it.</li>
        <li>
          If nothing fits, the clinic writes to you, or calls if you left a number.
          {clinic.phone && (
            <>
              {' '}
              You can also call:{' '}
              <a class="inline" href={`tel:${clinic.phone.replace(/[^\d+]/g, '')}`}>
                {clinic.phone}
              </a>
              .
            </>
          )}
        </li>
      </ol>
      <p class="row">
        <a class="btn primary" href="/articles">
          Read what helps meanwhile
        </a>
        <a class="btn" href="/book">
          See free times
        </a>
      </p>
    </div>
  );
}
