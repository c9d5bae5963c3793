import { formatMoney } from '../../../platform/web/layout/index.ts';
import { wallTime } from '../../../platform/web/wall-clock.ts';
import type { DayEntry } from '../../booking/index.ts';
import type { SiteDay } from './read-board.ts';

/** Whoever has come has something to pay before they go. */
const HERE: readonly DayEntry['status'][] = ['arrived', 'in_room', 'done'];

/** Who has come on this day and has not paid yet, each with one press to take it. */
export function ToPay({ day, mayCharge }: { day: SiteDay; mayCharge: boolean }) {
  const owing = owingOn(day);
  if (owing.length === 0) return null;
  return (
    <section aria-labelledby="to-pay" class="to-pay">
      <h2 id="to-pay">
        To pay{' '}
        <span class="badge" data-kind="warn">
          {owing.length}
        </span>
      </h2>
      <ul>
        {owing.map(({ entry, toPayMinor, currency }) => (
          <li key={entry.id}>
            <a class="inline-link" href={`/desk/appointments/${entry.id}`}>
              {entry.label}
            </a>
            <span class="soft">{wallTime(entry.start, day.site.timeZone)}</span>
            <b class="n">{formatMoney(toPayMinor, currency, day.clinic.locale)}</b>
            {mayCharge && (
              <form method="post" action="/desk/orders/for-visit">
                <input type="hidden" name="appointment" value={entry.id} />
                <button type="submit" aria-label={`Take payment of ${entry.label}`}>
                  Take
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function owingOn({ board, money }: SiteDay) {
  const entries = new Map(
    board.columns
      .flatMap((column) => column.items)
      .flatMap((item) => (item.kind === 'entry' ? [[item.entry.id, item.entry] as const] : [])),
  );
  return [...entries.values()]
    .filter((entry) => HERE.includes(entry.status))
    .flatMap((entry) => {
      const { toPayMinor = 0, currency = '' } = money.get(entry.id) ?? {};
      return toPayMinor > 0 ? [{ entry, toPayMinor, currency }] : [];
    })
    .sort((a, b) => a.entry.start - b.entry.start);
}
