import { createHmac } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database/pool.ts';

/** Wrong passwords before anybody has to wait: people mistype. */
const FREE_FAILURES = 5;
const FIRST_WAIT_S = 30;
const LONGEST_WAIT_S = 15 * 60;
/** After this long without a wrong password the count begins anew. */
const MEMORY_H = 24;

/** Slows down guessing for one address or one locked session, in every process at once. */
export interface RefusedAttempts {
  /** Seconds until the next attempt may be made; 0 when it may be made now. */
  waitFor(subject: string): Promise<number>;
  failed(subject: string): Promise<void>;
  cleared(subject: string): Promise<void>;
}

export function createRefusedAttempts(authSql: Sql, clock: Clock, secret: string): RefusedAttempts {
  const keyOf = (subject: string) =>
    createHmac('sha256', secret).update(`attempts ${subject.toLowerCase()}`).digest('base64url');
  return {
    async waitFor(subject) {
      const [row] = await authSql<{ wait_until: Date | null }[]>`
        select wait_until from refused_attempt where subject = ${keyOf(subject)}`;
      return Math.max(0, Math.ceil(((row?.wait_until?.getTime() ?? 0) - clock.now()) / 1000));
    },
    async failed(subject) {
      const now = new Date(clock.now());
      const forgotten = new Date(clock.now() - MEMORY_H * 3_600_000);
      await authSql`
        insert into refused_attempt as old (subject, failures, failed_at) values (${keyOf(subject)}, 1, ${now})
        on conflict (subject) do update set
          failures = case when old.failed_at < ${forgotten} then 1 else old.failures + 1 end,
          failed_at = ${now},
          wait_until = case when old.failed_at >= ${forgotten} and old.failures + 1 >= ${FREE_FAILURES}::int
            then ${now}::timestamptz + least(
              ${LONGEST_WAIT_S}::int,
              ${FIRST_WAIT_S}::int * 2 ^ least(old.failures + 1 - ${FREE_FAILURES}::int, 12)
            ) * interval '1 second' end`;
    },
    async cleared(subject) {
      const forgotten = new Date(clock.now() - MEMORY_H * 3_600_000);
      await authSql`
        delete from refused_attempt where subject = ${keyOf(subject)} or failed_at < ${forgotten}`;
    },
  };
}
