import { CompiledQuery, Kysely } from 'kysely';
import {
  type FreeStart,
  freeStarts,
  readCatalogue,
  type Wish,
} from '../../clinic/capabilities/booking/index.ts';
import { openAs } from '../../clinic/place.ts';
import { type ClinicContext, inClinic } from '../../clinic/platform/database/in-clinic.ts';
import { pipelinedDialect } from '../../clinic/platform/database/pipelined-dialect.ts';
import {
  type Connection,
  type Database,
  openDatabase,
  type Sql,
} from '../../clinic/platform/database/pool.ts';
import type { Schema } from '../../clinic/platform/database/schema.ts';
import { type Clinic, clinicDirectory } from '../../clinic/platform/web/clinics.ts';
import { withClients } from '../lib/clients.ts';
import { hostOf } from './month-clinics.ts';

const DAY_MS = 86_400_000;

/** One clinic of a database, ready to be searched. */
export interface MonthSearch {
  /** "A month for this service, any clinician." */
  search(): Promise<readonly FreeStart[]>;
  /** How PostgreSQL finds the claims, as the web server's own role under row-level security. */
  plan(): Promise<string>;
  close(): Promise<void>;
}

export async function openMonthSearch(
  database: Connection,
  secret: string,
  connections: number,
  now: number,
): Promise<MonthSearch> {
  const app = openAs(database, 'rectus_app', secret, connections);
  const db = openDatabase(app);
  const clinic = await clinicDirectory(db)(hostOf(1));
  if (!clinic) throw new Error('The clinic to be searched is missing');
  const span = { start: now, end: now + 30 * DAY_MS };
  const searchOver = async (over: Database) => {
    const context = contextOf(over, clinic);
    return freeStarts(context, clinic, await wishOf(context, clinic), span, now);
  };
  return {
    search: () => searchOver(db),
    plan: () => explainClaims(app, clinic, searchOver),
    close: () => app.end(),
  };
}

function contextOf(db: Database, clinic: Clinic): ClinicContext {
  return { db, clinicId: clinic.id, actor: { kind: 'public', id: null } };
}

async function wishOf(context: ClinicContext, clinic: Clinic): Promise<Wish> {
  const service = (await readCatalogue(context, clinic.catalogueVersion)).serviceBySlug('first-visit');
  const site = clinic.sites[0];
  if (!service || !site) throw new Error('The service to be searched is missing');
  return { service, siteId: site.id, clinicianId: null };
}

/** Listens to a search for its query of the claims, and has exactly that explained. */
async function explainClaims(
  app: Sql,
  clinic: Clinic,
  searchOver: (db: Database) => Promise<unknown>,
): Promise<string> {
  const heard: CompiledQuery[] = [];
  const log = ({ query }: { readonly query: CompiledQuery }) => void heard.push(query);
  const listening = new Kysely<Schema>({ dialect: pipelinedDialect(app), log });
  await searchOver(listening);
  const query = heard.find(({ sql }) => sql.includes('from claim'));
  if (!query) throw new Error('The search asked for no claims');
  const explain = CompiledQuery.raw(`explain (analyze, buffers) ${query.sql}`, [...query.parameters]);
  const { rows } = await inClinic(contextOf(openDatabase(app), clinic), ({ tx }) =>
    tx.executeQuery<{ 'QUERY PLAN': string }>(explain),
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

/** How long each of so many searches took, in milliseconds, and the whole in seconds. */
export async function timeSearches(
  month: MonthSearch,
  count: number,
  clients: number,
): Promise<{ readonly ms: readonly number[]; readonly seconds: number }> {
  const begun = performance.now();
  const ms = await withClients(clients, new Array(count).fill(null), async () => {
    const sent = performance.now();
    const found = await month.search();
    if (found.length === 0) throw new Error('A month without a free start');
    return performance.now() - sent;
  });
  return { ms, seconds: (performance.now() - begun) / 1000 };
}
