import type { FastifyInstance } from 'fastify';
import { accountRoutes } from './account-routes.tsx';
import { type AccountsOptions, createAccountsKit } from './accounts-kit.ts';
import { ensurePerson, replacePassword } from './identities.ts';
import { invitationRoutes } from './invitation-routes.tsx';
import { lockRoutes } from './lock-routes.ts';
import { patientAccountRoutes } from './patients/patient-account-routes.tsx';
import { addPatientHooks } from './patients/patient-hooks.ts';
import { patientSignInRoutes } from './patients/patient-sign-in-routes.tsx';
import { peopleRoutes } from './people-routes.tsx';
import { signInRoutes } from './sign-in-routes.tsx';
import { addStaffHooks } from './staff-hooks.ts';

export interface Accounts {
  /** Finds who is signed in, for every route that is added afterwards; call it before any capability's routes. */
  hooks(app: FastifyInstance): void;
  routes(app: FastifyInstance): void;
  /**
   * The id of the person with this address, made with this password if nobody has it yet. For the demo clinic and
   * for a clinic's very first owner; everybody else is invited.
   */
  ensureUser(user: { name: string; email: string; password: string }): Promise<string>;
}

/** Accounts: the staff's, with the lock of a shared desk and who may work here, and the patients' own door. */
export function createAccounts(options: AccountsOptions): Accounts {
  const kit = createAccountsKit(options);
  return {
    hooks(app) {
      addStaffHooks(app, kit);
      addPatientHooks(app, kit.patients);
    },
    routes(app) {
      signInRoutes(app, kit);
      lockRoutes(app, kit);
      accountRoutes(app, kit);
      invitationRoutes(app, kit);
      peopleRoutes(app, kit);
      patientSignInRoutes(app, kit.patients);
      patientAccountRoutes(app, kit.patients);
    },
    async ensureUser({ name, email, password }) {
      const person = await ensurePerson(kit.identity, name, email);
      if (!person.hasPassword) await replacePassword(kit, person, password);
      const { internalAdapter } = await kit.identity.$context;
      if (!person.emailVerified) await internalAdapter.updateUser(person.id, { emailVerified: true });
      return person.id;
    },
  };
}
