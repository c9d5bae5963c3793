import type { PlainDate } from '@rectus/schedule';
import type { ComponentChildren } from 'preact';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import { type Figures, figuresOf } from '../desk/figures.ts';
import { METHOD_NAMES } from '../desk/words.ts';
import { EXPORTS } from './exports.ts';
import { MONEY, OtherCurrencies } from './money-page.tsx';
import { MonthChart } from './month-chart.tsx';
import type { SalesLine } from './month-report.ts';
import { monthBeside } from './periods.ts';
import type { Month } from './read-month.ts';
import { WideTable } from './wide-table.tsx';
import { ACCOUNT_NAMES } from './words.ts';

const EXPORT_NAMES = { ledger: 'Ledger', orders: 'Orders', payments: 'Payments and refunds' } as const;

/** A month of money: by day, by method, by service, by tax, what the provider kept, and every account. */
export function MonthPage({ clinic, month, today }: { clinic: Clinic; month: Month; today: PlainDate }) {
  const say = figuresOf(clinic, month.currency);
  return (
    <>
      <MonthHead month={month.month} today={today} clinic={clinic} />
      <OtherCurrencies
        path={MONEY.month}
        query={{ m: month.month }}
        current={month.currency}
        currencies={month.currencies}
      />
      <AddsUp month={month} />
      <MainFigures month={month} say={say} />
      <div class="two-columns">
        <div class="stack">
          <ByDay month={month} clinic={clinic} today={today} say={say} />
        </div>
        <div class="stack">
          <ByMethod month={month} say={say} />
          <Provider month={month} say={say} />
        </div>
      </div>
      <SalesTable
        id="by-service"
        title="By service"
        head="Service"
        lines={month.byService}
        all={month.sales}
        say={say}
      />
      <SalesTable id="by-tax" title="By tax" head="Tax" lines={month.byTax} all={month.sales} say={say} />
      <Accounts month={month} say={say} />
      <section class="no-print" aria-labelledby="exports">
        <h2 id="exports">For the bookkeeper</h2>
        <p class="small soft">Files for a table program. They name orders, not people.</p>
        <p class="row">
          {EXPORTS.map((name) => (
            <a key={name} class="btn" href={`${MONEY.export}/${name}.csv?m=${month.month}`} download>
              {EXPORT_NAMES[name]} (CSV)
            </a>
          ))}
        </p>
      </section>
    </>
  );
}

/** "November 2026". */
export function monthText(month: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-15T12:00Z`),
  );
}

function MonthHead({ month, today, clinic }: { month: string; today: PlainDate; clinic: Clinic }) {
  return (
    <>
      <p class="print-only">{clinic.name}: the month by its ledger</p>
      <div class="row money-head">
        <h1>{monthText(month, clinic.locale)}</h1>
        <nav class="row no-print" aria-label="Other months">
          <a
            class="btn icon"
            href={`${MONEY.month}?m=${monthBeside(month, -1)}`}
            aria-label="The month before"
          >
            ‹
          </a>
          {month < today.slice(0, 7) && (
            <a
              class="btn icon"
              href={`${MONEY.month}?m=${monthBeside(month, 1)}`}
              aria-label="The month after"
            >
              ›
            </a>
          )}
        </nav>
        <form class="row push no-print" method="get" action={MONEY.month}>
          <label class="vh" for="month">
            Another month
          </label>
          <input id="month" type="month" name="m" value={month} max={today.slice(0, 7)} />
          <button type="submit">Show</button>
        </form>
      </div>
    </>
  );
}

function AddsUp({ month }: { month: Month }) {
  if (month.mismatches.length === 0)
    return (
      <p class="small">
        <span class="badge" data-kind="good">
          Adds up to the ledger: yes
        </span>{' '}
        <span class="soft">{month.entries} entries, every sum below held against them</span>
      </p>
    );
  return (
    <Notice kind="danger" title="Adds up to the ledger: no">
      <p>Something here is not as the ledger has it. Please report it, and rely on the ledger meanwhile.</p>
      <ul>
        {month.mismatches.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  );
}

function MainFigures({ month, say }: { month: Month; say: Figures }) {
  const { takings, sales } = month;
  const figures = [
    { label: 'Received', minor: takings.receivedMinor },
    { label: 'Given back', minor: -takings.refundedMinor },
    { label: 'Kept', minor: takings.receivedMinor - takings.refundedMinor },
    { label: 'Sales, tax included', minor: sales.leftMinor },
  ];
  return (
    <dl class="money-figures">
      {figures.map(({ label, minor }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{say.exact(minor)}</dd>
        </div>
      ))}
    </dl>
  );
}

function ByDay(props: { month: Month; clinic: Clinic; today: PlainDate; say: Figures }) {
  const { month, clinic, today, say } = props;
  const days = month.days.filter(
    (day) => day.receivedMinor !== 0 || day.refundedMinor !== 0 || day.salesMinor !== 0 || day.taxMinor !== 0,
  );
  const sum = (of: (day: Month['days'][number]) => number) =>
    month.days.reduce((total, day) => total + of(day), 0);
  return (
    <Section id="by-day" title="By day">
      {days.length === 0 ? (
        <p class="soft">No money moved in this month.</p>
      ) : (
        <>
          <MonthChart days={month.days} say={say} />
          <Table head={['Day', 'Received', 'Given back', 'Sales, net', 'Tax']}>
            <tbody>
              {days.map((day) => (
                <tr key={day.date}>
                  <th scope="row" class="nowrap">
                    {day.date <= today ? (
                      <a class="inline-link" href={`${MONEY.day}?d=${day.date}`}>
                        {shortDate(day.date, clinic.locale)}
                      </a>
                    ) : (
                      shortDate(day.date, clinic.locale)
                    )}
                  </th>
                  <td class="n">{say.exact(day.receivedMinor)}</td>
                  <td class="n">{blank(-day.refundedMinor, say)}</td>
                  <td class="n">{say.exact(day.salesMinor)}</td>
                  <td class="n">{blank(day.taxMinor, say)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">Together</th>
                <td class="n">{say.exact(sum((day) => day.receivedMinor))}</td>
                <td class="n">{blank(-sum((day) => day.refundedMinor), say)}</td>
                <td class="n">{say.exact(sum((day) => day.salesMinor))}</td>
                <td class="n">{say.exact(sum((day) => day.taxMinor))}</td>
              </tr>
            </tfoot>
          </Table>
        </>
      )}
    </Section>
  );
}

function ByMethod({ month, say }: { month: Month; say: Figures }) {
  const { takings } = month;
  const used = takings.byMethod.filter((one) => one.receivedCount > 0 || one.refundedCount > 0);
  if (used.length === 0) return null;
  return (
    <Section id="by-method" title="By way of paying">
      <Table head={['Paid by', 'Received', 'Given back', 'Together']}>
        <tbody>
          {used.map((one) => (
            <tr key={one.method}>
              <th scope="row">
                {METHOD_NAMES[one.method]} <small class="soft">{`${one.receivedCount}\u00a0×`}</small>
              </th>
              <td class="n">{say.exact(one.receivedMinor)}</td>
              <td class="n">{blank(-one.refundedMinor, say)}</td>
              <td class="n">{say.exact(one.receivedMinor - one.refundedMinor)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td class="n">{say.exact(takings.receivedMinor)}</td>
            <td class="n">{blank(-takings.refundedMinor, say)}</td>
            <td class="n">{say.exact(takings.receivedMinor - takings.refundedMinor)}</td>
          </tr>
        </tfoot>
      </Table>
    </Section>
  );
}

function Provider({ month, say }: { month: Month; say: Figures }) {
  const { takings } = month;
  const lines = (
    [
      ['Fees that the provider kept', -takings.feesMinor],
      ['Paid out by the provider to the bank', takings.payoutsMinor],
      ['Disputed by payers', -takings.disputedMinor],
      ['Disputes won back', takings.disputesWonMinor],
      ['Disputes lost for good', -takings.disputesLostMinor],
      ['Cash brought to the bank', takings.bankedMinor],
      ['Change fetched from the bank', takings.changeMinor],
      ['Till differences', takings.tillDifferenceMinor],
    ] as const
  ).filter(([, minor]) => minor !== 0);
  if (lines.length === 0) return null;
  return (
    <Section id="moved" title="Fees, payouts, disputes, till">
      <table>
        <tbody>
          {lines.map(([label, minor]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td class="n">{say.exact(minor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function SalesTable(props: {
  id: string;
  title: string;
  head: string;
  lines: readonly SalesLine[];
  all: SalesLine;
  say: Figures;
}) {
  const { id, title, head, lines, all, say } = props;
  if (lines.length === 0) return null;
  const cells = (line: SalesLine) => (
    <>
      <td class="n">{say.exact(line.netMinor)}</td>
      <td class="n">{blank(line.taxMinor, say)}</td>
      <td class="n">{blank(-line.backMinor, say)}</td>
      <td class="n">{say.exact(line.leftMinor)}</td>
    </>
  );
  return (
    <Section id={id} title={title}>
      <Table head={[head, 'Sales, net', 'Tax', 'Taken back, with tax', 'Left, with tax']}>
        <tbody>
          {lines.map((line) => (
            <tr key={line.name}>
              <th scope="row">{line.name}</th>
              {cells(line)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            {cells(all)}
          </tr>
        </tfoot>
      </Table>
    </Section>
  );
}

function Accounts({ month, say }: { month: Month; say: Figures }) {
  if (month.accounts.length === 0) return null;
  const sum = (of: (line: Month['accounts'][number]) => number) =>
    month.accounts.reduce((total, line) => total + of(line), 0);
  return (
    <Section id="accounts" title="Every account of the ledger">
      <p class="small soft">
        Debits are plain, credits have a minus: what the clinic has is plain, what it owes or earned has a
        minus. All balances together are nothing.
      </p>
      <Table head={['Account', 'Before', 'Debits', 'Credits', 'After']}>
        <tbody>
          {month.accounts.map((line) => (
            <tr key={line.account}>
              <th scope="row">{ACCOUNT_NAMES[line.account]}</th>
              <td class="n">{say.exact(line.openingMinor)}</td>
              <td class="n">{blank(line.debitMinor, say)}</td>
              <td class="n">{blank(-line.creditMinor, say)}</td>
              <td class="n">{say.exact(line.closingMinor)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td class="n">{say.exact(sum((line) => line.openingMinor))}</td>
            <td class="n">{say.exact(sum((line) => line.debitMinor))}</td>
            <td class="n">{say.exact(-sum((line) => line.creditMinor))}</td>
            <td class="n">{say.exact(sum((line) => line.closingMinor))}</td>
          </tr>
        </tfoot>
      </Table>
    </Section>
  );
}

function Section(props: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="card" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** A table of amounts: the first column names, the others count. Narrow screens scroll it. */
function Table({ head, children }: { head: readonly string[]; children: ComponentChildren }) {
  return (
    <WideTable label={`Table: ${head.join(', ')}`}>
      <thead>
        <tr>
          {head.map((title, index) => (
            <th key={title} scope="col" class={index === 0 ? undefined : 'n'}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      {children}
    </WideTable>
  );
}

/** Nothing is left empty, so that what there is stands out. */
function blank(minor: number, say: Figures): string {
  return minor === 0 ? '' : say.exact(minor);
}
