import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { issueCreditNote, issueReceipt } from './new-document.ts';
import { type PaidOrder, paidOrder } from './testing-orders.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const AT = Date.UTC(2026, 2, 2, 9);
const receiptOf = (clinic: ClinicTransaction, order: PaidOrder, at = AT) =>
  issueReceipt(clinic, world.one.clinic, order.orderId, order.paymentId, at);
const creditOf = (clinic: ClinicTransaction, order: PaidOrder) =>
  issueCreditNote(
    clinic,
    world.one.clinic,
    order.orderId,
    order.refundId,
    [
      { amountMinor: 0, taxMinor: 0 },
      { amountMinor: 1230, taxMinor: 230 },
    ],
    AT,
  );

/** The sequence numbers that stand in the books. */
async function sequences(series: 'R' | 'C', year: number): Promise<readonly number[]> {
  const rows = await inClinic(world.one.context, ({ tx }) =>
    tx
      .selectFrom('document')
      .select('sequence')
      .where('series', '=', series)
      .where('year', '=', year)
      .orderBy('sequence')
      .execute(),
  );
  return rows.map((row) => row.sequence);
}

test('twenty payments at once, of which some roll back, leave numbers without gaps', async () => {
  const before = (await sequences('R', 2026)).length;
  const orders = await Promise.all(Array.from({ length: 20 }, () => paidOrder(world.one)));
  const failing = (index: number) => index % 3 === 1;
  const outcomes = await Promise.allSettled(
    orders.map((order, index) =>
      inClinic(world.one.context, async (clinic) => {
        const issued = await receiptOf(clinic, order);
        await new Promise((resolve) => setTimeout(resolve, (index * 7) % 11));
        if (failing(index)) throw new Error('the payment did not come about');
        return issued;
      }),
    ),
  );
  expect(outcomes.filter((one) => one.status === 'rejected')).toHaveLength(7);
  const numbers = await sequences('R', 2026);
  expect(numbers).toEqual(Array.from({ length: before + 13 }, (_, index) => index + 1));
});

test('a payment has one receipt, however often and however close together it is asked for', async () => {
  const order = await paidOrder(world.one);
  const before = await sequences('R', 2026);
  const issued = await Promise.all(
    Array.from({ length: 6 }, () => inClinic(world.one.context, (clinic) => receiptOf(clinic, order))),
  );
  expect(new Set(issued.map((one) => one.number)).size).toBe(1);
  expect(await sequences('R', 2026)).toHaveLength(before.length + 1);
});

test('the number is of the year that it is in the clinic, from midnight on', async () => {
  // New York is five hours behind: there the year changes at five in the morning, UTC.
  const clinic = { ...world.one.clinic, timeZone: 'America/New_York' };
  const numberAt = async (at: number) => {
    const order = await paidOrder(world.one);
    const issued = await inClinic(world.one.context, (tx) =>
      issueReceipt(tx, clinic, order.orderId, order.paymentId, at),
    );
    return issued.number;
  };
  const midnight = Date.UTC(2032, 0, 1, 5);
  expect(await numberAt(midnight - 1)).toBe('R-2031-00001');
  expect(await numberAt(midnight)).toBe('R-2032-00001');
  // A late one of the old year goes on where that year stopped.
  expect(await numberAt(midnight - 1000)).toBe('R-2031-00002');
});

test('each clinic counts for itself', async () => {
  const order = await paidOrder(world.other);
  const issued = await inClinic(world.other.context, (clinic) =>
    issueReceipt(clinic, world.other.clinic, order.orderId, order.paymentId, AT),
  );
  expect(issued.number).toBe('R-2026-00001');
});

test('a receipt keeps what it says when the order, the patient or the clinic change', async () => {
  await world.owner.begin(async (sql) => {
    await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
    await sql`insert into payment_settings (clinic_id, legal_name, address, tax_number, bank_details, refund_terms)
      values (${world.one.clinic.id}, 'Clinic One, Lda.', 'Quay 2', 'PT 1', 'IBAN 1', 'Within a year')`;
  });
  const order = await paidOrder(world.one);
  const { id } = await inClinic(world.one.context, (clinic) => receiptOf(clinic, order));
  await inClinic(world.one.context, async ({ tx }) => {
    await tx.updateTable('payment_settings').set({ legal_name: 'Renamed' }).execute();
    await tx.updateTable('patient').set({ given_name: 'Other' }).execute();
    await tx.updateTable('order_line').set({ diagnosis_code: 'M54.5' }).execute();
  });
  const row = await inClinic(world.one.context, ({ tx }) =>
    tx.selectFrom('document').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  );
  expect(row.issued_at.getTime()).toBe(AT);
  expect(row.content).toMatchObject({
    clinic: { legalName: 'Clinic One, Lda.', address: 'Quay 2', taxNumber: 'PT 1', demo: true },
    payer: { name: 'Łukasz Żółć', address: 'ulica 1\nWarszawa' },
    patientName: 'Nora Żółć',
    totalMinor: 9730,
    amountMinor: 9730,
    paidMinor: 9730,
    method: 'cash',
    lines: [
      { description: 'First visit', amountMinor: 8500, diagnosisCode: null },
      { description: 'Elastic band', amountMinor: 1230, taxName: 'VAT', taxBp: 2300, taxMinor: 230 },
    ],
    creditOf: null,
  });
});

test('a credit note names its receipt, its reason and what falls on which line', async () => {
  const order = await paidOrder(world.one);
  const issued = await inClinic(world.one.context, async (clinic) => {
    const receipt = await receiptOf(clinic, order);
    const note = await creditOf(clinic, order);
    expect(await creditOf(clinic, order)).toEqual(note);
    return { receipt, note };
  });
  expect(issued.note).toMatchObject({ kind: 'credit_note', number: 'C-2026-00001' });
  const row = await inClinic(world.one.context, ({ tx }) =>
    tx.selectFrom('document').selectAll().where('id', '=', issued.note.id).executeTakeFirstOrThrow(),
  );
  expect(row.content).toMatchObject({
    creditOf: issued.receipt.number,
    reason: 'The band was returned',
    amountMinor: 1230,
    paidMinor: 9730,
    refundedMinor: 1230,
    credited: [
      { amountMinor: 0, taxMinor: 0 },
      { amountMinor: 1230, taxMinor: 230 },
    ],
  });
});

test('a payment of another order gets no receipt', async () => {
  const [first, second] = [await paidOrder(world.one), await paidOrder(world.one)];
  const mixed = { ...first, paymentId: second.paymentId };
  await expect(inClinic(world.one.context, (clinic) => receiptOf(clinic, mixed))).rejects.toThrow();
});
