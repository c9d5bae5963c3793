import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import {
  payLink,
  paymentReceived,
  refundMade,
  timeGone,
  type WrittenMail,
} from '../../../platform/mail/index.ts';
import { clinicOrigin } from '../../../platform/web/clinic-origin.ts';
import { formatMoney } from '../../../platform/web/layout/index.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { readEntitlements } from './entitlements.ts';
import { orderPath } from './order-path.ts';
import { type Order, readOrder } from './orders.ts';
import type { Payments } from './payments.ts';

/** Queues the receipt. It carries no attachment: the order's page has it, and stays right when something changes. */
export async function mailReceipt(
  clinic: ClinicTransaction,
  payments: Payments,
  orderId: string,
  receipt: { readonly number: string },
  amountMinor: number,
): Promise<void> {
  const toBook = (await readEntitlements(clinic, { orderId })).some((one) => one.left > 0);
  await mailAbout(clinic, payments, orderId, 'payment_received', (order, facts, lines) =>
    paymentReceived({
      ...facts,
      amount: amountIn(payments, order, amountMinor),
      receiptNumber: receipt.number,
      lines,
      next: toBook
        ? 'One thing is left: choose when you come. The page of your order shows the free times.'
        : null,
    }),
  );
}

/** Queues the news that money has gone back. */
export async function mailRefund(
  clinic: ClinicTransaction,
  payments: Payments,
  orderId: string,
  note: { readonly number: string },
  amountMinor: number,
): Promise<void> {
  await mailAbout(clinic, payments, orderId, 'refund_made', (order, facts) =>
    refundMade({ ...facts, amount: amountIn(payments, order, amountMinor), creditNoteNumber: note.number }),
  );
}

/** Queues the question which other time it shall be. */
export async function mailChooseTime(
  clinic: ClinicTransaction,
  payments: Payments,
  orderId: string,
): Promise<void> {
  await mailAbout(clinic, payments, orderId, 'time_gone', (order, facts) =>
    timeGone({
      ...facts,
      chooseBy: shortMoment(order.chooseBy ?? 0, payments.clinic.timeZone, payments.clinic.locale),
    }),
  );
}

/** Queues the link to what is to be paid; false where the payer has no address. */
export async function mailPayLink(
  clinic: ClinicTransaction,
  payments: Payments,
  orderId: string,
): Promise<boolean> {
  return mailAbout(clinic, payments, orderId, 'pay_link', (order, facts, lines) =>
    payLink({ ...facts, amount: amountIn(payments, order, order.openMinor), lines }),
  );
}

async function mailAbout(
  clinic: ClinicTransaction,
  payments: Payments,
  orderId: string,
  kind: string,
  write: (order: Order, facts: OrderFacts, lines: readonly string[]) => WrittenMail,
): Promise<boolean> {
  const order = await readOrder(clinic, orderId);
  if (!order?.payer.email) return false;
  const lines = await clinic.tx
    .selectFrom('order_line')
    .select(['description', 'quantity'])
    .where('clinic_id', '=', clinic.clinicId)
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute();
  const mail = write(
    order,
    factsOf(payments, order),
    lines.map((line) => (line.quantity === 1 ? line.description : `${line.quantity} × ${line.description}`)),
  );
  await clinic.tx
    .insertInto('mail')
    .values({
      clinic_id: clinic.clinicId,
      kind,
      to_name: order.payer.name,
      to_email: order.payer.email,
      subject: mail.subject,
      body_text: mail.text,
      body_html: mail.html,
      send_at: new Date(payments.platform.clock.now()),
    })
    .execute();
  return true;
}

type OrderFacts = ReturnType<typeof factsOf>;

function factsOf({ clinic, platform, provider }: Payments, order: Order) {
  const origin = clinicOrigin(platform.config.publicUrl, clinic.hosts);
  return {
    clinicName: clinic.name,
    clinicPhone: clinic.phone,
    demo: clinic.demo,
    givenName: order.payer.name.split(' ', 1)[0] ?? '',
    orderNumber: order.number,
    orderUrl: `${origin}${orderPath(platform, order.id)}`,
    practice: provider?.method === 'practice',
  };
}

function amountIn({ clinic }: Payments, order: Order, minor: number): string {
  return formatMoney(minor, order.currency, clinic.locale);
}
