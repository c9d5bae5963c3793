import { dateAt } from '@rectus/schedule';
import { sql as query } from 'kysely';
import { SAFETY_QUESTIONS } from '../capabilities/booking/index.ts';
import { record } from '../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../platform/database/in-clinic.ts';
import { type Database, openDatabase, type Sql } from '../platform/database/pool.ts';
import type { StaffRole } from '../platform/database/schema.ts';
import type { FileStore } from '../platform/files/index.ts';
import { type Diary, makeDiary } from './diary.ts';
import { type DrawnClip, drawUltrasound } from './draw-ultrasound.ts';
import { type GaitSessionPlan, makeGaitStory } from './gait-story.ts';
import { type MeasuredGait, measureGait } from './measure-gait.ts';
import { makePatients, type PatientPlan } from './patients.ts';
import type { ClinicPlan, StaffPlan } from './plan.ts';
import { type Random, randomFrom } from './random.ts';
import { rectusClinic } from './rectus-clinic.ts';
import { makeSales } from './sales.ts';
import { secondClinic } from './second-clinic.ts';
import { rectusShop, type ShopPlan, secondShop } from './shop.ts';
import { openRequests, type RequestPlan } from './story.ts';
import { makeUltrasoundStory, type UltrasoundStory } from './ultrasound-story.ts';
import { insertAll, writeClinic } from './write-clinic.ts';
import { writeDiary, writeRequests } from './write-diary.ts';
import { writeGait } from './write-gait.ts';
import { writeMails } from './write-mails.ts';
import { writeSales } from './write-sales.ts';
import { writeShop } from './write-shop.ts';
import { writeUltrasound } from './write-ultrasound.ts';

/** The first demo clinic, which answers under every host name that nobody claims. */
export const DEMO_CLINIC_ID = '0f1d7c52-6a3e-4c8b-9d21-5b7e90a4c6d3';
/** The second demo clinic, at `second.localhost`. */
export const SECOND_CLINIC_ID = '7c94e0b8-13d5-4f6a-8e02-a1c3d5f70b96';

const SEEDS = { rectus: 20_261_122, second: 7_051 } as const;

export interface DemoAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: StaffRole;
  /** Name of the clinic. */
  readonly clinic: string;
}

export interface SeedInput {
  /** A pool of the role that owns the tables: only it may add clinics. */
  readonly sql: Sql;
  /** Finds or makes a global identity and returns its id. */
  readonly ensureUser: (user: Pick<DemoAccount, 'name' | 'email' | 'password'>) => Promise<string>;
  /** Epoch ms; the diary is filled around it. */
  readonly now: number;
  /** Seals the links in the demo's mails. */
  readonly secret: string;
  /** Where those links lead, without a trailing slash. */
  readonly publicUrl: string;
  /** Where the files of the gait sessions and the clips are kept. */
  readonly files: FileStore;
  /** False leaves ultrasound out, which takes seconds to draw (default true). */
  readonly ultrasound?: boolean;
}

/** What a demo clinic is filled with. */
interface Contents {
  readonly patients: readonly PatientPlan[];
  readonly diary: Diary;
  readonly requests: readonly RequestPlan[];
  readonly gaitSessions: readonly GaitSessionPlan[];
  readonly ultrasound: UltrasoundStory | null;
}

/** A demo clinic. Its contents take a moment to make up, so that is left until they are needed. */
interface DemoClinic {
  readonly plan: ClinicPlan;
  readonly shop: ShopPlan;
  /** For what is sold: numbers of its own, so that the diary stays as it is whatever the shop does. */
  readonly random: Random;
  contents(): Contents;
}

/**
 * Makes the two demo clinics, all in one transaction each, and returns who can sign in. A clinic that exists is left
 * as it is; where a real clinic answers under a demo clinic's host name, that demo clinic is not made.
 */
export async function seedDemo(input: SeedInput): Promise<{ readonly accounts: readonly DemoAccount[] }> {
  const db = openDatabase(input.sql);
  const accounts: DemoAccount[] = [];
  for (const make of [makeRectus, makeSecond]) {
    const demo = make(input.now, input.ultrasound ?? true);
    if (await ensureClinic(db, input, demo))
      accounts.push(...demo.plan.staff.map((one) => account(demo.plan, one)));
  }
  return { accounts };
}

function makeRectus(now: number, withUltrasound: boolean): DemoClinic {
  const random = randomFrom(SEEDS.rectus);
  const plan = rectusClinic(random, DEMO_CLINIC_ID, now);
  const contents = (): Contents => {
    const { patients, diary } = fill(plan, random, now, true);
    const requests = openRequests(plan, random, SAFETY_QUESTIONS.version, now);
    const story = makeGaitStory(plan, randomFrom(SEEDS.rectus + 2), diary, now);
    const people = { mother: story.mother, other: patients.find(({ birthDate }) => birthDate !== null) };
    const ultrasound = withUltrasound
      ? makeUltrasoundStory(plan, randomFrom(SEEDS.rectus + 3), people, now)
      : null;
    return {
      patients: [...patients, story.mother, ...(ultrasound ? [ultrasound.athlete] : [])],
      diary: { ...diary, appointments: [...story.visits, ...diary.appointments] },
      requests,
      gaitSessions: story.sessions,
      ultrasound,
    };
  };
  const trade = randomFrom(SEEDS.rectus + 1);
  return { plan, shop: rectusShop(trade, plan.services), random: trade, contents };
}

function makeSecond(now: number): DemoClinic {
  const random = randomFrom(SEEDS.second);
  const plan = secondClinic(random, SECOND_CLINIC_ID, now);
  const trade = randomFrom(SEEDS.second + 1);
  return {
    plan,
    shop: secondShop(trade, plan.services),
    random: trade,
    contents: () => ({ ...fill(plan, random, now, false), requests: [], gaitSessions: [], ultrasound: null }),
  };
}

function fill(plan: ClinicPlan, random: Random, now: number, special: boolean) {
  const patients = makePatients(random, plan.patientCount, dateAt(now, plan.timeZone), special);
  return { patients, diary: makeDiary(plan, random, patients, now) };
}

function account(plan: ClinicPlan, { name, email, password, role }: StaffPlan): DemoAccount {
  return { name, email, password, role, clinic: plan.name };
}

/** Whether the demo clinic is there afterwards. */
async function ensureClinic(db: Database, input: SeedInput, demo: DemoClinic): Promise<boolean> {
  const before = await hostOwner(db, demo.plan);
  if (before !== null) return before === demo.plan.id;
  const userIds: string[] = [];
  for (const { name, email, password } of demo.plan.staff) {
    userIds.push(await input.ensureUser({ name, email, password }));
  }
  const contents = demo.contents();
  const gait = await measureGait(input.files, demo.plan.id, contents.gaitSessions);
  const drawn = await drawUltrasound(contents.ultrasound);
  const context = { db, clinicId: demo.plan.id, actor: { kind: 'system', id: 'demo' } } as const;
  return inClinic(context, async (clinic) => {
    // Two processes that start together make one clinic.
    await query`select pg_advisory_xact_lock(hashtext('rectus demo'))`.execute(clinic.tx);
    const owner = await hostOwner(clinic.tx, demo.plan);
    if (owner !== null) return owner === demo.plan.id;
    await write(clinic, demo, { ...contents, gait, drawn }, userIds, input);
    return true;
  });
}

async function hostOwner(db: Pick<Database, 'selectFrom'>, plan: ClinicPlan): Promise<string | null> {
  const found = await db
    .selectFrom('clinic_host')
    .select('clinic_id')
    .where('host', '=', plan.host)
    .executeTakeFirst();
  return found?.clinic_id ?? null;
}

async function write(
  clinic: ClinicTransaction,
  { plan, shop, random }: DemoClinic,
  {
    patients,
    diary,
    requests,
    gait,
    ultrasound,
    drawn,
  }: Contents & { readonly gait: readonly MeasuredGait[]; readonly drawn: readonly DrawnClip[] },
  userIds: readonly string[],
  input: SeedInput,
): Promise<void> {
  await writeClinic(clinic, plan);
  await writeShop(clinic, shop);
  await insertAll(
    clinic,
    'membership',
    plan.staff.map(({ name, email, role, resourceId }, index) => ({
      user_id: userIds[index] ?? '',
      name,
      email,
      role,
      resource_id: resourceId,
    })),
  );
  const desk = plan.staff.findIndex(({ role }) => role === 'front_desk');
  await writeDiary(clinic, patients, diary, plan.currency, userIds[desk] ?? null);
  await writeRequests(clinic, requests);
  await writeMails(clinic, plan, diary, requests, input);
  const takers = {
    deskUserId: userIds[desk] ?? userIds[0] ?? null,
    publicUrl: input.publicUrl,
    now: input.now,
  };
  await writeSales({ clinic, plan, shop, random, ...takers }, makeSales(random, shop, diary, input.now));
  const signer = plan.staff.findIndex(({ role }) => role === 'clinician');
  await writeGait(clinic, gait, {
    plan,
    publicUrl: input.publicUrl,
    signer: { id: userIds[signer] ?? '', name: plan.staff[signer]?.name ?? '' },
  });
  const clinicians = plan.staff.flatMap(({ name, role }, at) =>
    role === 'clinician' ? [{ id: userIds[at] ?? '', name }] : [],
  );
  const [reviewer, , sonographer] = clinicians;
  if (ultrasound && reviewer && sonographer)
    await writeUltrasound(clinic, ultrasound, drawn, {
      ...{ plan, files: input.files, signer: sonographer, reviewer, now: input.now },
    });
  await record(clinic, {
    action: 'clinic.created',
    subject: { kind: 'clinic', id: plan.id },
    detail: { demo: true },
  });
  await record(clinic, { action: 'appointment.imported', detail: { count: diary.appointments.length } });
  for (const { id } of requests)
    await record(clinic, { action: 'request.received', subject: { kind: 'request', id } });
}
