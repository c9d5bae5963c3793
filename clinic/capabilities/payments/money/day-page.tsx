import { addDays, type PlainDate } from '@rectus/schedule';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { longDate, shortDate, wallTime } from '../../../platform/web/wall-clock.ts';
import { type Figures, figuresOf } from '../desk/figures.ts';
import { METHOD_NAMES } from '../desk/words.ts';
import { CloseForm } from './close-form.tsx';
import type { DayFigures } from './day-figures.ts';
import type { DayPageProps } from './day-page-props.ts';
import { MONEY, OtherCurrencies } from './money-page.tsx';
import { MoveForm } from './move-form.tsx';
import type { DayClose, DayItem } from './read-day.ts';
import { WideTable } from './wide-table.tsx';

/** What came in on one day, what should lie in the till, and the form that closes the day. */
export function DayPage(props: DayPageProps) {
  const { clinic, day, today, news } = props;
  const say = figuresOf(clinic, day.currency);
  const figures = day.close?.figures ?? day.figures;
  const title = longDate(day.date, clinic.locale, today);
  return (
    <>
      <DayHead date={day.date} today={today} title={title} currency={day.currency} clinic={clinic} />
      <OtherCurrencies
        path={MONEY.day}
        query={{ d: day.date }}
        current={day.currency}
        currencies={day.currencies}
      />
      {news === 'moved' && <Notice kind="good" title="Noted in the ledger" live />}
      {day.close && props.close.errors.form && (
        <Notice kind="danger" title="Your count was not kept" live>
          <p>{props.close.errors.form}.</p>
        </Notice>
      )}
      {day.close && (
        <Closed close={day.close} date={day.date} clinic={clinic} say={say} live={news === 'closed'} />
      )}
      <div class="two-columns">
        <div class="stack">
          <Takings figures={figures} say={say} />
          <Items items={day.items} clinic={clinic} say={say} />
        </div>
        <div class="stack">
          <TillSum figures={figures} close={day.close} say={say} />
          {!day.close && <CloseForm {...props} say={say} />}
          {day.date === today && <MoveForm form={props.move} currency={day.currency} />}
        </div>
      </div>
      {day.close && <Signature />}
    </>
  );
}

function DayHead(props: {
  date: PlainDate;
  today: PlainDate;
  title: string;
  currency: string;
  clinic: Clinic;
}) {
  const { date, today, title, clinic, currency } = props;
  const to = (day: PlainDate) =>
    `${MONEY.day}?${new URLSearchParams({ d: day, ...(currency === clinic.currency ? {} : { currency }) })}`;
  return (
    <>
      <p class="print-only">
        {clinic.name}: day sheet of {shortDate(date, clinic.locale, true)}, {currency}
      </p>
      <div class="row money-head">
        <h1>{title}</h1>
        <nav class="row no-print" aria-label="Other days">
          <a class="btn icon" href={to(addDays(date, -1))} aria-label="The day before">
            ‹
          </a>
          {date < today && (
            <>
              <a class="btn" href={MONEY.day}>
                Today
              </a>
              <a class="btn icon" href={to(addDays(date, 1))} aria-label="The day after">
                ›
              </a>
            </>
          )}
        </nav>
      </div>
    </>
  );
}

function Closed(props: { close: DayClose; date: PlainDate; clinic: Clinic; say: Figures; live: boolean }) {
  const { close, clinic, say, live, date } = props;
  const since = close.cashSinceMinor;
  return (
    <>
      <Notice kind={close.differenceMinor === 0 ? 'good' : 'warn'} title="Closed" live={live}>
        <p>
          {close.closedBy} counted {say.exact(close.countedMinor)} and closed this day on{' '}
          {say.moment(close.closedAt)}. {differenceWords(close.differenceMinor, say)}
        </p>
        {close.note && <p>“{close.note}”</p>}
        <p class="no-print">It prints as it is: use your browser’s print, Ctrl + P. </p>
      </Notice>
      {since !== 0 && (
        <Notice
          kind="warn"
          title={`${say.exact(Math.abs(since))} in cash ${since > 0 ? 'came in' : 'went out'} after it was closed`}
        >
          <p>
            It is in the ledger under this day, and in the till that{' '}
            {shortDate(addDays(date, 1), clinic.locale)} begins with. Count it with that day.
          </p>
        </Notice>
      )}
    </>
  );
}

/** "The till was right.", "There was €2.50 too little." */
export function differenceWords(differenceMinor: number, say: Pick<Figures, 'exact'>): string {
  if (differenceMinor === 0) return 'The till was right.';
  const amount = say.exact(Math.abs(differenceMinor));
  return `There was ${amount} too ${differenceMinor > 0 ? 'much' : 'little'}.`;
}

function Takings({ figures, say }: { figures: DayFigures; say: Figures }) {
  const used = figures.byMethod.filter((one) => one.receivedCount > 0 || one.refundedCount > 0);
  const sum = (of: (one: DayFigures['byMethod'][number]) => number) =>
    used.reduce((total, one) => total + of(one), 0);
  if (used.length === 0) return <p class="card soft">No money came in or went back on this day.</p>;
  return (
    <section class="card" aria-labelledby="takings">
      <h2 id="takings">What came in</h2>
      <WideTable label="What came in, by way of paying">
        <thead>
          <tr>
            <th scope="col">Paid by</th>
            <th scope="col" class="n">
              Received
            </th>
            <th scope="col" class="n">
              Given back
            </th>
            <th scope="col" class="n">
              Together
            </th>
          </tr>
        </thead>
        <tbody>
          {used.map((one) => (
            <tr key={one.method}>
              <th scope="row">
                {METHOD_NAMES[one.method]} <small class="soft">{`${one.receivedCount}\u00a0×`}</small>
              </th>
              <td class="n">{say.exact(one.receivedMinor)}</td>
              <td class="n">{one.refundedMinor === 0 ? '' : say.exact(-one.refundedMinor)}</td>
              <td class="n">{say.exact(one.receivedMinor - one.refundedMinor)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td class="n">{say.exact(sum((one) => one.receivedMinor))}</td>
            <td class="n">
              {sum((one) => one.refundedMinor) === 0 ? '' : say.exact(-sum((one) => one.refundedMinor))}
            </td>
            <td class="n">
              <b>{say.exact(sum((one) => one.receivedMinor - one.refundedMinor))}</b>
            </td>
          </tr>
        </tfoot>
      </WideTable>
      {figures.feesMinor !== 0 && (
        <p class="small soft">The provider kept {say.exact(figures.feesMinor)} of it in fees.</p>
      )}
    </section>
  );
}

function TillSum({ figures, close, say }: { figures: DayFigures; close: DayClose | null; say: Figures }) {
  const cash = figures.byMethod.find((one) => one.method === 'cash');
  const lines: readonly (readonly [string, number])[] = [
    ['Cash received', cash?.receivedMinor ?? 0],
    ['Cash given back', -(cash?.refundedMinor ?? 0)],
    ['Fetched from the bank', figures.changeMinor],
    ['Brought to the bank', -figures.bankedMinor],
  ];
  return (
    <section class="card" aria-labelledby="till">
      <h2 id="till">The till</h2>
      <table class="sum">
        <tbody>
          <tr>
            <th scope="row">From the day before</th>
            <td class="n">{say.exact(figures.openingMinor)}</td>
          </tr>
          {lines
            .filter(([, minor]) => minor !== 0)
            .map(([label, minor]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td class="n">{say.exact(minor)}</td>
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Expected</th>
            <td class="n">
              <b>{say.exact(figures.expectedMinor)}</b>
            </td>
          </tr>
          {close && (
            <>
              <tr>
                <th scope="row">Counted</th>
                <td class="n">{say.exact(close.countedMinor)}</td>
              </tr>
              <tr>
                <th scope="row">Difference</th>
                <td class="n">
                  <b>
                    {close.differenceMinor > 0 ? '+' : ''}
                    {say.exact(close.differenceMinor)}
                  </b>
                </td>
              </tr>
            </>
          )}
        </tfoot>
      </table>
    </section>
  );
}

function Items({ items, clinic, say }: { items: readonly DayItem[]; clinic: Clinic; say: Figures }) {
  if (items.length === 0) return null;
  return (
    <section class="card" aria-labelledby="items">
      <h2 id="items">One by one</h2>
      <WideTable label="Payments and refunds, one by one">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Order</th>
            <th scope="col">Paid by</th>
            <th scope="col">Paper</th>
            <th scope="col" class="n">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.kind} ${item.paper} ${item.at} ${item.amountMinor}`}>
              <td>{wallTime(item.at, clinic.timeZone)}</td>
              <th scope="row">
                <a class="inline-link" href={`/desk/orders/${item.orderId}`}>
                  {item.orderNumber}
                </a>
              </th>
              <td>
                {METHOD_NAMES[item.method]}
                {item.kind === 'refund' &&
                  (item.amountMinor < 0 ? ', given back' : ', came back from the bank')}
                {item.reference && <small class="soft"> {item.reference}</small>}
              </td>
              <td class="nowrap">{item.paper}</td>
              <td class="n">{say.exact(item.amountMinor)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

/** Only on paper. */
function Signature() {
  return (
    <div class="print-only signature">
      <span>Date</span>
      <span>Signature</span>
    </div>
  );
}
