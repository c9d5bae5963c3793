import type { Sql } from '../../../platform/database/pool.ts';

/** A device that signs its person in at one host name. */
export interface Passkey {
  readonly id: string;
  readonly userId: string;
  readonly rpId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

export type NewPasskey = Omit<Passkey, 'createdAt' | 'lastUsedAt'> & { readonly backedUp: boolean };

export interface Passkeys {
  /** A person's passkeys for one host name, oldest first. */
  of(userId: string, rpId: string): Promise<readonly Passkey[]>;
  byId(id: string, rpId: string): Promise<Passkey | null>;
  /** False when a passkey of that id exists already. */
  add(passkey: NewPasskey): Promise<boolean>;
  /** False when this person has no such passkey. */
  rename(userId: string, id: string, name: string): Promise<boolean>;
  remove(userId: string, id: string): Promise<boolean>;
  /** Notes a use. False when the counter was used by somebody else meanwhile. */
  used(passkey: Passkey, counter: number, backedUp: boolean): Promise<boolean>;
}

interface PasskeyRow {
  readonly id: string;
  readonly user_id: string;
  readonly rp_id: string;
  readonly public_key: Buffer;
  readonly counter: string;
  readonly transports: string[];
  readonly name: string;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
}

export function createPasskeys(authSql: Sql): Passkeys {
  return {
    async of(userId, rpId) {
      const rows = await authSql<PasskeyRow[]>`
        select * from passkey where user_id = ${userId} and rp_id = ${rpId} order by created_at, id`;
      return rows.map(asPasskey);
    },
    async byId(id, rpId) {
      const [row] = await authSql<PasskeyRow[]>`
        select * from passkey where id = ${id} and rp_id = ${rpId}`;
      return row ? asPasskey(row) : null;
    },
    async add({ id, userId, rpId, publicKey, counter, transports, backedUp, name }) {
      const rows = await authSql`
        insert into passkey (id, user_id, rp_id, public_key, counter, transports, backed_up, name)
        values (${id}, ${userId}, ${rpId}, ${Buffer.from(publicKey)}, ${counter}, ${[...transports]}, ${backedUp}, ${name})
        on conflict (id) do nothing returning id`;
      return rows.length === 1;
    },
    async rename(userId, id, name) {
      const rows = await authSql`
        update passkey set name = ${name} where id = ${id} and user_id = ${userId} returning id`;
      return rows.length === 1;
    },
    async remove(userId, id) {
      const rows = await authSql`delete from passkey where id = ${id} and user_id = ${userId} returning id`;
      return rows.length === 1;
    },
    async used(passkey, counter, backedUp) {
      const rows = await authSql`
        update passkey set counter = ${counter}, backed_up = ${backedUp}, last_used_at = now()
        where id = ${passkey.id} and counter = ${passkey.counter} returning id`;
      return rows.length === 1;
    },
  };
}

function asPasskey(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    userId: row.user_id,
    rpId: row.rp_id,
    publicKey: new Uint8Array(row.public_key),
    counter: Number(row.counter),
    transports: row.transports,
    name: row.name,
    createdAt: row.created_at.getTime(),
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  };
}
