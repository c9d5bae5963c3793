import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Config } from '../../../platform/config.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type TestClinic, type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { openTestBrowser, type TestBrowser } from '../../../platform/web/testing-browser.ts';
import { fieldsOf } from '../../../platform/web/testing-form.ts';
import { bookingRoutes, bumpCatalogue } from '../../booking/index.ts';
import { practiceRoutes } from '../providers/practice/routes.tsx';
import { publicPaymentRoutes } from '../public/routes.ts';
import { onlineTill } from '../public/till.ts';

/** Two demo clinics with something to sell, and a browser to buy it with. */
export interface BuyingWorld extends TestWorld {
  readonly server: FastifyInstance;
  buyer(clinic?: TestClinic): TestBrowser;
  /** Runs SQL in the first clinic. */
  run(query: ReturnType<typeof sql>): Promise<readonly Record<string, unknown>[]>;
  /** Lets the owner of the first clinic change a service. */
  setService(slug: string, set: ReturnType<typeof sql>): Promise<void>;
  /** Sets how a first visit is paid, and waits until the web process knows. */
  setPayment(payment: 'at_visit' | 'deposit' | 'in_full'): Promise<void>;
}

export const MAYA = {
  givenName: 'Maya',
  familyName: 'Okafor',
  birthDay: '3',
  birthMonth: '9',
  birthYear: '1992',
  email: 'maya@example.org',
  phone: '',
} as const;

/** The web process reads a clinic's own settings afresh after two seconds. */
export const KNOWN_AFTER_MS = 2_100;

export async function buyingWorld(settings: Partial<Config> = {}): Promise<BuyingWorld> {
  const world = await testWorld();
  Object.assign(world.platform.config, settings);
  const server = await world.serve(
    (app, platform) => bookingRoutes(app, platform, onlineTill),
    publicPaymentRoutes,
    practiceRoutes,
  );
  for (const clinic of [world.one, world.other]) await addProducts(clinic);
  const run: BuyingWorld['run'] = (query) =>
    inClinic(world.one.context, async ({ tx }) => {
      const { rows } = await query.execute(tx);
      return rows as Record<string, unknown>[];
    });
  const setService: BuyingWorld['setService'] = (slug, set) =>
    inClinic(world.one.context, async (clinic) => {
      await sql`update service set ${set} where slug = ${slug}`.execute(clinic.tx);
      await bumpCatalogue(clinic);
    });
  return {
    ...world,
    server,
    buyer: (clinic = world.one) => openTestBrowser(server, clinic.host),
    run,
    setService,
    async setPayment(payment) {
      const depositMinor = payment === 'deposit' ? 3000 : null;
      await setService('first-visit', sql`payment = ${payment}, deposit_minor = ${depositMinor}`);
      await new Promise((resolve) => setTimeout(resolve, KNOWN_AFTER_MS));
    },
    async close() {
      await server.close();
      await world.close();
    },
  };
}

async function addProducts(clinic: TestClinic): Promise<void> {
  await inClinic(clinic.context, async ({ tx, clinicId }) => {
    await sql`
      with exempt as (
        insert into tax (clinic_id, name, rate_bp) values (${clinicId}, 'VAT, exempt medical service', 0) returning id
      ), gait as (
        insert into product (clinic_id, slug, kind, name, summary, bring, steps, valid_months, online)
        values (${clinicId}, 'gait', 'package', '3D gait analysis', 'You walk, we measure.',
          'Close-fitting shorts', 'Lab session: You walk about twelve times.' || chr(10) || 'Report: Within two days.', 12, true)
        returning id
      )
      insert into product_part (clinic_id, product_id, position, service_id, label, unit_minor, tax_id)
      select ${clinicId}, gait.id, part.position, s.id, part.label, part.price, exempt.id
      from gait, exempt, (values (1, 'ultrasound-visit', 'Gait lab session', 21000), (2, 'follow-up', 'Report visit', 8000))
        as part (position, slug, label, price)
      join service s on s.clinic_id = ${clinicId} and s.slug = part.slug`.execute(tx);
    await sql`
      with hidden as (
        insert into product (clinic_id, slug, kind, name, online) values
          (${clinicId}, 'desk-only', 'package', 'Only at the desk', false),
          (${clinicId}, 'for-nothing', 'package', 'For nothing', true)
        returning id, slug
      )
      insert into product_part (clinic_id, product_id, label, unit_minor)
      select ${clinicId}, id, 'Something', case slug when 'for-nothing' then 0 else 100 end from hidden`.execute(
      tx,
    );
  });
}

/** Fills in the form of the package and sends it; answers with the address that it leads to. */
export async function order(
  buyer: TestBrowser,
  fields: Readonly<Record<string, string>> = {},
): Promise<{ readonly checkout: string; readonly sent: Record<string, string> }> {
  const page = await buyer.get('/buy/gait');
  const sent = { ...fieldsOf(page.body, '/buy/gait'), ...MAYA, terms: 'yes', ...fields };
  const answer = await buyer.post('/buy/gait', sent);
  return { checkout: String(answer.headers.location), sent };
}

/** Chooses at the practice checkout; answers with the address of the order's page. */
export async function practise(buyer: TestBrowser, checkout: string, choice: string): Promise<string> {
  const answer = await buyer.post(checkout, { choice });
  const back = String(answer.headers.location);
  if (!back.endsWith('/return')) return back;
  return String((await buyer.get(back)).headers.location);
}

/** Buys the package and pays; answers with the address of the order's page. */
export async function bought(buyer: TestBrowser): Promise<string> {
  const { checkout } = await order(buyer);
  return practise(buyer, checkout, 'pay');
}
