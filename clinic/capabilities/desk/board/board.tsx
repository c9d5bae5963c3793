import type { Site } from '../../../platform/web/clinics.ts';
import { formatMoney } from '../../../platform/web/layout/index.ts';
import { timeInput, wallTime } from '../../../platform/web/wall-clock.ts';
import type { Catalogue, DayEntry } from '../../booking/index.ts';
import { visitBadge } from '../../payments/index.ts';
import { type BoardColumn, type BoardItem, type Place, placeOf } from './board-layout.ts';
import type { SiteDay } from './read-board.ts';

const STATE_WORDS = {
  booked: '',
  arrived: 'Arrived',
  in_room: 'In room',
  done: 'Done',
  no_show: 'No-show',
  cancelled: 'Cancelled',
} as const;

/** A visit of so many minutes has room for a third line; and for a fourth. */
const THREE_LINES_MIN = 40;
const FOUR_LINES_MIN = 60;

/** More columns than this share the width of so many. */
const MOST_COLUMNS = 30;

/** The day by resource: a column and a list for each, in order of time. Complete without a script. */
export function BoardView(props: { day: SiteDay; now: number }) {
  const { day, now } = props;
  const { board, site } = day;
  const size = classesOf({ topMin: 0, heightMin: board.heightMin });
  return (
    <div
      class={`board ${size} n${Math.min(board.columns.length, MOST_COLUMNS)}`}
      data-from={board.from}
      data-minutes={board.heightMin}
      data-zone={site.timeZone}
      data-site={site.slug}
      data-date={day.date}
    >
      <ol class="axis" aria-hidden="true">
        {board.hours.map((hour) => (
          <li key={hour.topMin} class={`hr ${topClass(hour.topMin)}`}>
            <time>{hour.label}</time>
          </li>
        ))}
      </ol>
      {board.columns.map((column) => (
        <Column key={column.resource.id} column={column} day={day} />
      ))}
      {now >= board.from && now < board.to && <NowLine now={now} day={day} />}
    </div>
  );
}

function NowLine({ now, day }: { now: number; day: SiteDay }) {
  const { topMin } = placeOf({ start: now, end: now }, { start: day.board.from, end: day.board.to });
  return (
    <div class={`now ${topClass(topMin)}`} aria-hidden="true">
      <time>{wallTime(now, day.site.timeZone)}</time>
    </div>
  );
}

function Column({ column, day }: { column: BoardColumn; day: SiteDay }) {
  const { resource, items } = column;
  const id = `col-${resource.id}`;
  return (
    <section
      class={resource.person ? 'col' : 'col thing'}
      aria-labelledby={id}
      data-resource={resource.id}
      data-kinds={resource.kinds.join(' ')}
      data-name={resource.name}
    >
      <h2 class="rh" id={id}>
        <b>{resource.name}</b>
        <small class="soft">{resource.title}</small>
      </h2>
      <ol class="lane">
        {items.map((item) => (
          <Item key={keyOf(item)} item={item} column={column} day={day} />
        ))}
      </ol>
    </section>
  );
}

function keyOf(item: BoardItem): string {
  return item.kind === 'entry' ? item.entry.id : `${item.kind} ${item.span.start}`;
}

function Item({ item, column, day }: { item: BoardItem; column: BoardColumn; day: SiteDay }) {
  if (item.kind === 'closed') return <li class={`closed ${classesOf(item.place)}`} aria-hidden="true" />;
  if (item.kind === 'free') {
    return (
      <li class={`gap ${classesOf(item.place)}`}>
        <a
          class="free"
          href={newHref(day.site, column.resource.id, item.span.start, day.date)}
          data-start={item.span.start}
          data-end={item.span.end}
          data-pick-label={wallTime(item.span.start, day.site.timeZone)}
        >
          <span class="vh">
            Free {wallTime(item.span.start, day.site.timeZone)} to{' '}
            {wallTime(item.span.end, day.site.timeZone)}, new appointment for {column.resource.name}
          </span>
        </a>
      </li>
    );
  }
  return <EntryItem entry={item.entry} place={item.place} column={column} day={day} />;
}

/** The page on which an appointment is taken for a resource at a time. */
function newHref(site: Site, resourceId: string, start: number, date: string): string {
  const query = new URLSearchParams({
    resource: resourceId,
    date,
    time: timeInput(start, site.timeZone),
    site: site.slug,
  });
  return `/desk/new?${query}`;
}

function EntryItem(props: { entry: DayEntry; place: Place; column: BoardColumn; day: SiteDay }) {
  const { entry, place, column, day } = props;
  const state = stateOf(entry, day.site);
  const size = place.heightMin < 25 ? 'slim' : '';
  return (
    <li class={`ev ${state} ${size} ${classesOf(place)}`}>
      {entry.kind === 'appointment' ? (
        <a {...appointmentData(entry, column, day.catalogue)} href={`/desk/appointments/${entry.id}`}>
          <EntryWords entry={entry} day={day} place={place} column={column} />
        </a>
      ) : entry.kind === 'block' ? (
        <a href={`/desk/blocks/${entry.id}`} data-key={`${entry.id} ${column.resource.id}`}>
          <EntryWords entry={entry} day={day} place={place} column={column} />
        </a>
      ) : (
        <span>
          <EntryWords entry={entry} day={day} place={place} column={column} />
        </span>
      )}
    </li>
  );
}

/** What the island needs to move an appointment: nothing that the board does not show. */
function appointmentData(entry: DayEntry, column: BoardColumn, catalogue: Catalogue) {
  const movable = entry.status === 'booked' || entry.status === 'arrived' || entry.status === 'in_room';
  const service = entry.serviceId ? catalogue.service(entry.serviceId) : undefined;
  return {
    id: `e-${entry.id}-${column.resource.id}`,
    'data-key': `${entry.id} ${column.resource.id}`,
    'data-appointment': entry.id,
    'data-start': entry.start,
    'data-minutes': (entry.end - entry.start) / 60_000,
    'data-step': service?.stepMin ?? 15,
    'data-sequence': entry.sequence,
    'data-resources': entry.resourceIds.join(' '),
    'data-label': entry.label,
    ...(movable ? { 'data-movable': 'yes', 'aria-keyshortcuts': 'm' } : {}),
    draggable: false,
  };
}

function stateOf(entry: DayEntry, site: Site): string {
  if (entry.kind === 'hold') return 'hold';
  if (entry.kind === 'block') return 'off';
  if (entry.siteId !== null && entry.siteId !== site.id) return 'elsewhere';
  switch (entry.status) {
    case 'arrived':
      return 'in';
    case 'in_room':
      return 'here';
    case 'done':
      return 'done';
    case 'no_show':
      return 'ns';
    default:
      return 'ok';
  }
}

function EntryWords(props: { entry: DayEntry; day: SiteDay; place: Place; column: BoardColumn }) {
  const { entry, day, place } = props;
  const zone = day.site.timeZone;
  const start = wallTime(entry.start, zone);
  const until = <span class="vh"> to {wallTime(entry.end, zone)}</span>;
  if (entry.kind === 'hold') {
    return (
      <>
        <b>Hold</b>
        <small>
          {start}
          {until} expires {wallTime(entry.expiresAt ?? entry.end, zone)}
        </small>
      </>
    );
  }
  const elsewhere = day.clinic.sites.find((site) => site.id === entry.siteId && site.id !== day.site.id);
  const video = entry.kind === 'appointment' && entry.siteId === null;
  const word = entry.status ? STATE_WORDS[entry.status] : '';
  // Where there is no third line, the state stands before the service, which may be cut.
  const onTime = place.heightMin < THREE_LINES_MIN;
  return (
    <>
      <b>{entry.label}</b>
      <small>
        <span class="at">{start}</span>
        {until} {onTime && word && <i>{word} </i>}
        {entry.serviceName}
        {video && ' (video)'}
        {elsewhere && ` (at ${elsewhere.name})`}
      </small>
      {!onTime && (
        <span class="states">
          {word && <i>{word}</i>}{' '}
          <MoneyMark {...props} brief={word !== '' && place.heightMin < FOUR_LINES_MIN} />
        </span>
      )}
    </>
  );
}

/** What is to pay for a visit, once: beside the person who sees the patient. `brief` fits behind a state. */
function MoneyMark(props: { entry: DayEntry; day: SiteDay; column: BoardColumn; brief: boolean }) {
  const { entry, day, column, brief } = props;
  const money = column.resource.person ? day.money.get(entry.id) : undefined;
  const badge = money && visitBadge(money, day.clinic.locale);
  if (!badge) return null;
  if (!brief || money.toPayMinor === 0) return <span class="money">{badge.label}</span>;
  return <span class="money">{formatMoney(money.toPayMinor, money.currency, day.clinic.locale)} due</span>;
}

/** Classes for a place: a strict policy allows no inline style, so the style sheet knows hours and five minutes. */
function classesOf(place: Place): string {
  return `${topClass(place.topMin)} lh${Math.floor(place.heightMin / 60)} lm${place.heightMin % 60}`;
}

function topClass(topMin: number): string {
  return `ah${Math.floor(topMin / 60)} am${topMin % 60}`;
}
