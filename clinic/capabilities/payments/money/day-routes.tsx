import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type FormErrors, type FormValues, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { UserError } from '../../../platform/web/user-error.ts';
import { longDate, shortDate, shortMoment } from '../../../platform/web/wall-clock.ts';
import { requireStaff } from '../../accounts/index.ts';
import { readAmount } from '../core/amount.ts';
import { figuresOf } from '../desk/figures.ts';
import { readCount } from './cash-count.ts';
import { type CloseResult, closeDay } from './close-day.ts';
import { DayPage } from './day-page.tsx';
import { MONEY, moneyPage } from './money-page.tsx';
import { moveCash } from './move-cash.ts';
import { askedDay, dayAt } from './periods.ts';
import { closingMinor, readBalances } from './read-balances.ts';
import { readDay } from './read-day.ts';

const ISLAND = 'capabilities/payments/islands/cash-count';
const NOTHING: FormErrors = { values: {}, errors: {} };

interface Shown {
  readonly close?: FormErrors;
  readonly move?: FormErrors;
  readonly status?: number;
}

/** The day's money, for whoever has the till: look, count, close, bring cash to the bank. */
export function dayRoutes(app: FastifyInstance, platform: Platform): void {
  const desk = { preHandler: requireStaff('front_desk', 'owner') };

  app.get<{ Querystring: Record<string, string> }>(MONEY.day, desk, (request, reply) =>
    sendDay(platform, request, reply, request.query),
  );

  app.post(MONEY.close, desk, async (request, reply) => {
    const { clinic } = request;
    const values = formValues(request.body);
    const refuse = (errors: Readonly<Record<string, string>>, seen: FormValues = values) =>
      sendDay(platform, request, reply, values, { close: { values: seen, errors }, status: 422 });
    const date = askedDay(values.d, dayAt(platform.clock.now(), clinic));
    if (date !== values.d) throw notThatDay();
    const currency = currencyOf(values, clinic.currency);
    const counted = readCount(values, currency, clinic.locale);
    if (!counted.ok) return refuse(counted.errors);
    if ((values.note?.length ?? 0) > 500) return refuse({ note: 'Keep the note under 501 characters' });
    const result = await closeDay(request.context, clinic, platform.clock.now(), {
      date,
      currency,
      countedMinor: counted.minor,
      seenExpectedMinor: Number(values.expected),
      note: values.note ?? '',
    });
    if (result.ok) return reply.redirect(dayUrl(date, currency, clinic.currency, 'closed'), 303);
    return refuse(refusalWords(result, request, currency));
  });

  app.post(MONEY.move, desk, async (request, reply) => {
    const { clinic } = request;
    const values = formValues(request.body);
    const currency = currencyOf(values, clinic.currency);
    const refuse = (message: string) =>
      sendDay(
        platform,
        request,
        reply,
        { currency },
        { move: { values, errors: { amount: message } }, status: 422 },
      );
    const amount = readAmount(values.amount ?? '', currency, clinic.locale);
    if (!amount.ok) return refuse(amount.message);
    const key = values.key?.slice(0, 80);
    if (!key) return refuse('Open this page again, then enter the amount');
    const to = values.to === 'till' ? 'till' : 'bank';
    const move = { to, amountMinor: amount.minor, currency, key } as const;
    const moved = await moveCash(request.context, clinic, platform.clock.now(), move);
    if (!moved.ok)
      return refuse(`There are only ${figuresOf(clinic, currency).exact(moved.inTillMinor)} in the till`);
    return reply.redirect(
      dayUrl(dayAt(platform.clock.now(), clinic), currency, clinic.currency, 'moved'),
      303,
    );
  });
}

async function sendDay(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Readonly<Record<string, string>>,
  shown: Shown = {},
): Promise<FastifyReply> {
  const { clinic, context } = request;
  const now = platform.clock.now();
  const today = dayAt(now, clinic);
  const date = askedDay(asked.d, today);
  const [day, laterCashMinor] = await inClinic(context, async (tx) => {
    const found = await readDay(tx, clinic, date, asked.currency);
    if (date === today) return [found, 0] as const;
    const balances = await readBalances(tx, { start: 0, end: now + 1 }, found.currency);
    const atItsEnd = found.close
      ? found.close.countedMinor + found.close.cashSinceMinor
      : found.figures.expectedMinor;
    return [found, closingMinor(balances, 'till') - atItsEnd] as const;
  });
  const news = asked.news === 'closed' || asked.news === 'moved' ? asked.news : null;
  const title = `Money on ${longDate(date, clinic.locale, today)}`;
  const page = (
    <DayPage
      clinic={clinic}
      day={day}
      today={today}
      laterCashMinor={laterCashMinor}
      close={shown.close ?? NOTHING}
      move={shown.move ?? NOTHING}
      news={shown.status ? null : news}
    />
  );
  const options = { title, tab: 'day', islands: [ISLAND] } as const;
  return sendPage(reply, await moneyPage(platform, request, options, page), { status: shown.status ?? 200 });
}

/** Every refusal in words for whoever has just counted. */
function refusalWords(
  result: Exclude<CloseResult, { ok: true }>,
  { clinic }: FastifyRequest,
  currency: string,
): Readonly<Record<string, string>> {
  const say = figuresOf(clinic, currency);
  switch (result.reason) {
    case 'closed':
      return {
        form: `${result.closedBy} closed this day on ${shortMoment(result.closedAt, clinic.timeZone, clinic.locale)}. Nothing was changed`,
      };
    case 'later_closed':
      return {
        form: `${shortDate(result.lastClosed, clinic.locale, true)} is closed already, and the cash of this day was counted with it`,
      };
    case 'moved':
      return {
        form: `Cash came or went while you counted: ${say.exact(result.expectedMinor)} should be there now. What you typed is below; count again, then close`,
      };
    case 'no_note': {
      const amount = say.exact(Math.abs(result.differenceMinor));
      return {
        note: `The till has ${amount} too ${result.differenceMinor > 0 ? 'much' : 'little'}. Count again, or say what you know about it`,
      };
    }
    case 'not_yet':
      throw notThatDay();
  }
}

function notThatDay(): UserError {
  return new UserError(422, 'That day cannot be closed', 'It has not begun yet, or it does not exist.', {
    href: MONEY.day,
    label: 'Go to today',
  });
}

function currencyOf(values: FormValues, own: string): string {
  return /^[A-Z]{3}$/.test(values.currency ?? '') ? (values.currency ?? own) : own;
}

function dayUrl(date: string, currency: string, own: string, news: string): string {
  return `${MONEY.day}?${new URLSearchParams({ d: date, ...(currency === own ? {} : { currency }), news })}`;
}
