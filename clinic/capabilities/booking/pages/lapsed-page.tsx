import { dateAt } from '@rectus/schedule';
import { HiddenFields } from './steps.tsx';
import { clockTime, longDate, type TimeView, zoneCity } from './times.ts';
import { type Visit, visitFields, visitQuery } from './visit.ts';

/** What somebody sees who comes back after the ten minutes, or to a step without a time. */
export function LapsedPage(props: { visit: Visit | null; start: number | null; time: TimeView }) {
  const { visit, start, time } = props;
  const times = visit ? `/book/time?${visitQuery(visit)}` : '/book';
  return (
    <div class="booking stack pagehead">
      <h1>No time is being kept for you</h1>
      <p class="lead">
        We keep a chosen time for ten minutes. It may still be free, and a booking that you have confirmed is
        safe: the e-mail has its link.
      </p>
      {visit && start !== null && (
        <form method="post" action="/book/hold">
          <HiddenFields fields={{ ...visitFields(visit), start: String(start) }} />
          <button type="submit" class="primary roomy">
            Try {longDate(dateAt(start, time.viewerZone), time.locale)},{' '}
            {clockTime(start, time.viewerZone, time.locale)} {zoneCity(time.viewerZone)} again
          </button>
        </form>
      )}
      <p>
        <a class={visit && start !== null ? 'btn' : 'btn primary'} href={times}>
          {visit ? 'See other times' : 'See what you can book'}
        </a>
      </p>
    </div>
  );
}
