import { book, takeHold } from '../../clinic/capabilities/booking/index.ts';
import { orderAtDesk } from '../../clinic/capabilities/payments/core/desk.ts';
import { createOrder } from '../../clinic/capabilities/payments/core/orders.ts';
import { freezePrice, type Sellable } from '../../clinic/capabilities/payments/core/prices.ts';
import type { Random } from '../../clinic/demo/random.ts';
import { inClinic } from '../../clinic/platform/database/in-clinic.ts';
import { FRONT_DESK, type Kind, type Schedule } from './schedule.ts';
import type { Till } from './till.ts';

type Buyer = Pick<Schedule, 'till' | 'person' | 'random' | 'wanted'>;

const DEPOSIT_MINOR = 3_000;

export function personOf(number: number, random: Random): Schedule['person'] {
  return {
    givenName: 'Test',
    familyName: `Person ${number}`,
    birthDate: `19${60 + random.below(40)}-05-17`,
    email: `person${number}@example.org`,
    phone: null,
  };
}

/** Makes the order as the public pages or the desk do. Null when the wanted time is gone and nothing else is near. */
export async function makeOrder(kind: Kind, buyer: Buyer): Promise<string | null> {
  const { till, random } = buyer;
  if (kind === 'desk') return random.next() < 0.5 ? deskVisit(buyer) : deskGoods(buyer);
  if (kind === 'package') {
    const productId = random.next() < 0.8 ? till.packageId : till.feeId;
    return onlineOrder(buyer, { productId });
  }
  return visitToPay(buyer, kind === 'deposit' ? DEPOSIT_MINOR : null);
}

/** Holds one of the times that everybody wants, or the nearest that is free, and orders the visit. */
async function visitToPay(buyer: Buyer, depositMinor: number | null): Promise<string | null> {
  const { till, random, wanted } = buyer;
  const { first: service } = till.services;
  const wish = { service, siteId: till.siteId, clinicianId: null };
  const { context, clinic } = till.payments;
  const hold = (start: number) => takeHold(context, clinic, { wish, start, viewerZone: null }, Date.now());
  let taken = await hold(random.pick(wanted));
  for (let tries = 0; !taken.ok && taken.nearest.length > 0 && tries < 5; tries++)
    taken = await hold(random.pick(taken.nearest).start);
  if (!taken.ok) return null;
  const { id: holdId, start } = taken.hold;
  const booking = {
    serviceId: service.id,
    siteId: till.siteId,
    clinicianId: null,
    start,
    viewerZone: null,
    safety: null,
  };
  return onlineOrder(buyer, { serviceId: service.id }, { depositMinor, booking, holdId });
}

async function onlineOrder(
  { till, person, random }: Buyer,
  what: Sellable,
  visit: Partial<Parameters<typeof createOrder>[1]> = {},
): Promise<string> {
  return inClinic(till.payments.context, async (clinic) => {
    const price = await freezePrice(clinic, what);
    if (!price) throw new Error('What the bench buys has no price');
    const payer = { name: `${person.givenName} ${person.familyName}`, email: person.email };
    return createOrder(clinic, {
      source: 'online',
      key: random.uuid(),
      person,
      payer,
      prices: [price],
      ...visit,
    });
  });
}

async function deskGoods({ till, person, random }: Buyer): Promise<string> {
  const patientId = await patient(till, person);
  return orderAtDesk(till.as(FRONT_DESK), {
    patientId,
    payer: { name: 'Somebody Else', email: person.email },
    items: [{ productId: till.packageId }, { productId: till.feeId, quantity: 2 }],
    key: random.uuid(),
  });
}

/** A visit that was booked without paying, and is paid afterwards. */
async function deskVisit({ till, person, random }: Buyer): Promise<string | null> {
  const { followUp: service } = till.services;
  const booked = await book(till.as(FRONT_DESK), {
    wish: { service, siteId: till.siteId, clinicianId: null },
    start: random.pick(till.starts),
    person,
    idempotencyKey: random.uuid(),
    source: 'desk',
  });
  if (!booked.ok) return null;
  const [row] = await till.admin<{ patient_id: string }[]>`
    select patient_id from appointment where clinic_id = ${till.id} and id = ${booked.appointmentId}`;
  return orderAtDesk(till.as(FRONT_DESK), {
    patientId: String(row?.patient_id),
    payer: { name: `${person.givenName} ${person.familyName}`, email: person.email },
    items: [{ serviceId: service.id }],
    appointmentId: booked.appointmentId,
    key: random.uuid(),
  });
}

async function patient({ admin, id }: Till, person: Schedule['person']): Promise<string> {
  const [row] = await admin<{ id: string }[]>`
    insert into patient (clinic_id, given_name, family_name, search_name, birth_date, email)
    values (${id}, ${person.givenName}, ${person.familyName}, ${person.familyName.toLowerCase()}, ${person.birthDate}, ${person.email})
    returning id`;
  return String(row?.id);
}
