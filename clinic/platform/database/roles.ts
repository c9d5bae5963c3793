import { createHmac } from 'node:crypto';
import type { Connection, Sql } from './pool.ts';

/** The roles that the program connects as; the administrator's own connection never serves a request. */
export const databaseRoles = ['rectus_owner', 'rectus_app', 'rectus_worker', 'rectus_auth'] as const;
export type DatabaseRole = (typeof databaseRoles)[number];

/** Every role's password follows from the clinic's secret, so that web processes and workers share no file. */
export function rolePassword(secret: string, role: DatabaseRole): string {
  return createHmac('sha256', secret).update(`database role ${role}`).digest('base64url');
}

/** The same server and database, entered as `role`. */
export function connectionAs(admin: Connection, role: DatabaseRole, secret: string): Connection {
  return { ...admin, user: role, password: rolePassword(secret, role) };
}

/**
 * Makes or refreshes the four login roles and lets the owner own the database. None may bypass row-level
 * security. `admin` must be connected to the database in question with the right to create roles.
 */
export async function ensureRoles(admin: Sql, secret: string): Promise<void> {
  await admin.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('rectus roles'))`;
    for (const role of databaseRoles) {
      const [known] = await tx`select 1 from pg_roles where rolname = ${role}`;
      const password = rolePassword(secret, role);
      const rights = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls';
      await tx.unsafe(
        `${known ? 'alter' : 'create'} role ${role} ${known ? 'with login' : rights} password '${password}'`,
      );
    }
    // The owner creates the auth schema on behalf of its role.
    await tx.unsafe('grant rectus_auth to rectus_owner');
    await tx.unsafe('grant rectus_owner to current_user');
    const [{ name }] = (await tx`select quote_ident(current_database()) as name`) as unknown as [
      { name: string },
    ];
    await tx.unsafe(`alter database ${name} owner to rectus_owner`);
    await tx.unsafe('alter schema public owner to rectus_owner');
    // The job queue keeps its own schema, made and migrated by its own role.
    await tx.unsafe(`grant create on database ${name} to rectus_worker`);
    await tx.unsafe(`alter role rectus_auth in database ${name} set search_path = auth`);
  });
}
