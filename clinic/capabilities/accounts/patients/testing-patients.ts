import type { TestClinic } from '../../../platform/database/testing.ts';
import { type AccountsWorld, accountsWorld, type Browser } from '../testing.ts';
import { requirePatient } from './patient-hooks.ts';

/** A world of accounts with two real clinics, patients, and a page that stands for those of the portal. */
export async function patientsWorld() {
  const world = await accountsWorld({}, (app) => {
    app.get('/my', { preHandler: requirePatient() }, (request, reply) =>
      reply.send(`The page of ${request.portal?.email}`),
    );
    app.post('/my/notes', { preHandler: requirePatient() }, (_request, reply) => reply.send('noted'));
  });
  // Real clinics: a demo's links are shown instead of mailed.
  for (const clinic of [world.world.one, world.world.other]) {
    await world.rowsOf(clinic, 'update clinic set demo = false');
  }
  return {
    ...world,
    /** A patient of this clinic, who need not have an account. */
    addPatient: (clinic: TestClinic, givenName: string, email?: string) =>
      addPatient(world, clinic, givenName, email ?? `${givenName.toLowerCase()}@example.org`),
    /** The mailed link to this address, as somebody reads it in their mail. */
    mailedLink: (clinic: TestClinic, email: string, next = '') => mailedLink(world, clinic, email, next),
    /** Signs in by the mailed link, in a new browser. */
    async visit(clinic: TestClinic, email: string): Promise<Browser> {
      const browser = world.browser(clinic);
      await press(browser, await mailedLink(world, clinic, email, ''));
      return browser;
    },
  };
}

export type PatientsWorld = Awaited<ReturnType<typeof patientsWorld>>;

/** Presses the button of the page behind a mailed link. */
export function press(browser: Browser, link: URL) {
  const { token = '', next = '' } = Object.fromEntries(link.searchParams);
  return browser.post('/my/sign-in/link', { token, next });
}

async function addPatient(world: AccountsWorld, clinic: TestClinic, givenName: string, email: string) {
  const [row] = await world.rowsOf(
    clinic,
    `insert into patient (clinic_id, given_name, family_name, search_name, email)
     values ('${clinic.clinic.id}', '${givenName}', 'Test', 'test ${givenName.toLowerCase()}', '${email}')
     returning id`,
  );
  return String(row?.id);
}

async function mailedLink(
  world: AccountsWorld,
  clinic: TestClinic,
  email: string,
  next: string,
): Promise<URL> {
  await world.browser(clinic).post('/my/sign-in', { email, next });
  const [mail] = await world.rowsOf(
    clinic,
    `select body_text from mail where kind = 'patient_sign_in_link' and to_email = '${email}' order by id desc limit 1`,
  );
  const [link] = /http\S+\/my\/sign-in\/link\S+/.exec(String(mail?.body_text)) ?? [];
  return new URL(link ?? 'missing:');
}
