import type { FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { deskPage } from '../../accounts/index.ts';
import { countUnseen } from './read-notices.ts';

/** Addresses of the money pages. */
export const MONEY = {
  day: '/desk/money',
  close: '/desk/money/close',
  move: '/desk/money/move',
  month: '/desk/money/month',
  outstanding: '/desk/money/outstanding',
  notices: '/desk/money/notices',
  export: '/desk/money/export',
} as const;

export type MoneyTab = 'day' | 'month' | 'outstanding' | 'notices';

/** A page about money in the desk's frame. The front desk sees the day alone, so it gets no tabs. */
export async function moneyPage(
  platform: Platform,
  request: FastifyRequest,
  options: { readonly title: string; readonly tab: MoneyTab; readonly islands?: readonly string[] },
  children: ComponentChildren,
): Promise<string> {
  const { title, tab, islands = [] } = options;
  const owner = request.staff?.role === 'owner';
  const unseen = owner ? await inClinic(request.context, countUnseen) : 0;
  return deskPage(
    platform,
    request,
    { title, current: 'money', islands },
    <div class="money stack">
      {owner && <MoneyTabs current={tab} unseen={unseen} />}
      {children}
    </div>,
  );
}

function MoneyTabs({ current, unseen }: { current: MoneyTab; unseen: number }) {
  const mark = (tab: MoneyTab) => (tab === current ? 'page' : undefined);
  return (
    <nav class="tabs" aria-label="Money">
      <a href={MONEY.day} aria-current={mark('day')}>
        Day
      </a>
      <a href={MONEY.month} aria-current={mark('month')}>
        Month
      </a>
      <a href={MONEY.outstanding} aria-current={mark('outstanding')}>
        Outstanding
      </a>
      <a href={MONEY.notices} aria-current={mark('notices')}>
        Notices
        {unseen > 0 && (
          <span class="badge" data-kind="warn">
            {unseen}
            <span class="vh"> to look at</span>
          </span>
        )}
      </a>
    </nav>
  );
}

/** The other currencies that money came in within a period, each a link. */
export function OtherCurrencies(props: {
  path: string;
  query: Readonly<Record<string, string>>;
  current: string;
  currencies: readonly string[];
}) {
  const { path, query, current, currencies } = props;
  if (currencies.length < 2) return null;
  return (
    <nav class="row small no-print" aria-label="Currency">
      Money came in {currencies.length} currencies:
      {currencies.map((currency) => (
        <a
          key={currency}
          href={`${path}?${new URLSearchParams({ ...query, currency })}`}
          aria-current={currency === current ? 'page' : undefined}
        >
          {currency}
        </a>
      ))}
    </nav>
  );
}
