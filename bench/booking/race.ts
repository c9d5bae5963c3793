import { randomBytes } from 'node:crypto';
import { freeStarts, readCatalogue } from '../../clinic/capabilities/booking/index.ts';
import { openAs } from '../../clinic/place.ts';
import { type Connection, openDatabase, type Sql } from '../../clinic/platform/database/pool.ts';
import { readClinicById } from '../../clinic/platform/web/clinics.ts';
import { withClients } from '../lib/clients.ts';
import { percentile } from '../lib/report.ts';
import { type Attempt, planAttempts } from './attempts.ts';
import { bareBookingsPerSecond, claimedIn } from './bare.ts';
import { type Desk, type Outcome, openDesk } from './desk-client.ts';
import { type Proof, prove } from './proof.ts';
import { addRaceClinic, hireFrontDesk, type RaceClinic } from './race-clinic.ts';
import type { BenchWeb } from './web.ts';

export interface RaceOptions {
  readonly attempts: number;
  readonly clients: number;
  /** Sonographers, rooms and machines: so many of each. */
  readonly places: number;
  /** Attempts beforehand that do not count, so that nothing is measured while it is still cold. */
  readonly warmUp: number;
  /** Connections of the bare transactions; a web process has ten. */
  readonly bareConnections: number;
}

export interface RaceResult extends Proof {
  readonly bookingsPerSecond: number;
  readonly attemptsPerSecond: number;
  readonly limitPerSecond: number;
  readonly medianMs: number;
}

const DAY_MS = 86_400_000;
/** Whole weeks later, beyond everything that was booked: the same hours on days that are still empty. */
const LATER_MS = 52 * 7 * DAY_MS;
const SEED = 1_968;
const WARM_UP_SEED = 5;

/** Races clients for the places of one clinic over HTTP, then sends the same claims as bare transactions. */
export async function race(
  admin: Connection,
  secret: string,
  web: BenchWeb,
  options: RaceOptions,
): Promise<RaceResult> {
  const owner = openAs(admin, 'rectus_owner', secret, 1);
  try {
    const clinic = await addRaceClinic(owner, new URL(web.origin).hostname, options.places);
    const password = randomBytes(18).toString('base64url');
    const userId = await web.ensureUser({ name: 'Front desk', email: clinic.email, password });
    await hireFrontDesk(owner, clinic, userId);
    const desk = await openDesk(web.origin, clinic, password, options.clients);
    const [sooner, later] = await startsOf(owner, clinic);
    const early = await tryAll(desk, planAttempts(clinic, later, options.warmUp, WARM_UP_SEED), options);
    const begun = performance.now();
    const outcomes = await tryAll(desk, planAttempts(clinic, sooner, options.attempts, SEED), options);
    const seconds = (performance.now() - begun) / 1000;
    desk.close();
    const proof = await prove(owner, clinic, [...early, ...outcomes]);
    const limitPerSecond = await limitOf(admin, secret, owner, clinic, options);
    const booked = outcomes.filter((outcome) => outcome.booked).length;
    return {
      ...proof,
      bookingsPerSecond: booked / seconds,
      attemptsPerSecond: outcomes.length / seconds,
      medianMs: percentile(
        outcomes.map((outcome) => outcome.answeredAt - outcome.sentAt),
        0.5,
      ),
      limitPerSecond,
    };
  } finally {
    await owner.end();
  }
}

function tryAll(desk: Desk, attempts: readonly Attempt[], { clients }: RaceOptions): Promise<Outcome[]> {
  return withClients(clients, attempts, (attempt) => desk.tryToBook(attempt));
}

/** What can be booked in the month from the day after tomorrow, and in the next but one. */
async function startsOf(owner: Sql, clinic: RaceClinic): Promise<readonly [number[], number[]]> {
  const db = openDatabase(owner);
  const context = { db, clinicId: clinic.id, actor: { kind: 'system', id: 'bench' } } as const;
  const read = await readClinicById(db, clinic.id);
  const service = read && (await readCatalogue(context, read.catalogueVersion)).service(clinic.serviceId);
  if (!read || !service) throw new Error('The clinic of the race is missing');
  const now = Date.now();
  const startsFrom = async (day: number) => {
    const span = { start: now + day * DAY_MS, end: now + (day + 30) * DAY_MS };
    const wish = { service, siteId: clinic.siteId, clinicianId: null };
    return (await freeStarts(context, read, wish, span, now)).map(({ start }) => start);
  };
  return [await startsFrom(2), await startsFrom(62)];
}

async function limitOf(
  admin: Connection,
  secret: string,
  owner: Sql,
  clinic: RaceClinic,
  { clients, bareConnections }: RaceOptions,
): Promise<number> {
  const bare = async (seed: number) => {
    const claims = await claimedIn(owner, clinic, seed);
    const later = claims.map((one) => ({ ...one, start: one.start + LATER_MS, end: one.end + LATER_MS }));
    return bareBookingsPerSecond(admin, secret, clinic, later, { clients, connections: bareConnections });
  };
  await bare(WARM_UP_SEED);
  return bare(SEED);
}
