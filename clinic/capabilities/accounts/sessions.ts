import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import { type ClinicContext, errorCode } from '../../platform/database/in-clinic.ts';
import type { Sql } from '../../platform/database/pool.ts';
import { memberById } from './members.ts';
import type { StaffMember } from './staff-member.ts';

/** One browser of one member of the staff. */
export interface DeskSession {
  readonly id: string;
  readonly token: string;
  readonly member: StaffMember;
  /** Epoch milliseconds of the last thing that the person did. */
  readonly seenAt: number;
  readonly locked: boolean;
  /** The desk page that the lock interrupted. */
  readonly returnTo: string | null;
}

export interface Sessions {
  /** The session behind a cookie, if its user works in this clinic. */
  find(context: ClinicContext, cookie: string | undefined): Promise<DeskSession | null>;
  /** Says that the person has just done something. */
  touch(session: DeskSession): Promise<void>;
  lock(session: DeskSession, returnTo: string | null): Promise<void>;
  unlock(session: DeskSession): Promise<void>;
  end(session: Pick<DeskSession, 'token'>): Promise<void>;
  /** Drops what this process remembers of a person, so that a change of role or a dismissal holds at once. */
  forget(userId: string): void;
}

/** How long a process may answer from what it last read. Changes made in the same process hold at once. */
const FRESH_MS = 2_000;
/** How often the last sign of life is written; the process itself knows it to the millisecond. */
const WRITE_EVERY_MS = 10_000;
const MOST_REMEMBERED = 5_000;
const FOREIGN_KEY_VIOLATION = '23503';

interface Remembered {
  readonly at: number;
  readonly token: string;
  readonly session: Promise<StoredSession | null>;
}

/** `seenAt` is null until the first thing that was done in it was written down. */
type StoredSession = Omit<DeskSession, 'seenAt'> & {
  readonly seenAt: number | null;
  readonly createdAt: number;
};

export function createSessions(authSql: Sql, clock: Clock, secret: string): Sessions {
  const remembered = new Map<string, Remembered>();
  const seen = new Map<string, { at: number; writtenAt: number }>();

  const forgetToken = (token: string) => {
    for (const [key, entry] of remembered) if (entry.token === token) remembered.delete(key);
  };

  async function read(context: ClinicContext, token: string): Promise<StoredSession | null> {
    const row = await readSession(authSql, token);
    const member = row && (await memberById(context, row.userId));
    if (!member) return null;
    const { id, seenAt, createdAt, locked, returnTo } = row;
    return { id, token, member, seenAt, createdAt, locked, returnTo };
  }

  async function find(context: ClinicContext, cookie: string | undefined): Promise<DeskSession | null> {
    const token = cookie && openCookie(secret, cookie);
    if (!token) return null;
    const key = `${context.clinicId} ${token}`;
    const entry = remembered.get(key);
    let session = entry && performance.now() - entry.at < FRESH_MS ? await entry.session : null;
    if (!session) {
      const reading = read(context, token);
      if (remembered.size > MOST_REMEMBERED) remembered.clear();
      remembered.set(key, { at: performance.now(), token, session: reading });
      session = await reading.catch((error: unknown) => {
        remembered.delete(key);
        throw error;
      });
    }
    if (!session) {
      remembered.delete(key);
      return null;
    }
    const seenAt = Math.max(session.seenAt ?? 0, seen.get(session.id)?.at ?? 0) || session.createdAt;
    return { ...session, seenAt };
  }

  async function touch(session: DeskSession): Promise<void> {
    const at = clock.now();
    const last = seen.get(session.id);
    if (seen.size > MOST_REMEMBERED) seen.clear();
    const due = !last || at - last.writtenAt >= WRITE_EVERY_MS;
    seen.set(session.id, { at, writtenAt: due ? at : last.writtenAt });
    if (!due) return;
    const seenAt = new Date(at);
    await unlessGone(authSql`
      insert into session_activity as old (session_id, seen_at) values (${session.id}, ${seenAt})
      on conflict (session_id) do update set seen_at = greatest(old.seen_at, excluded.seen_at)`);
  }

  async function lock(session: DeskSession, returnTo: string | null): Promise<void> {
    const now = new Date(clock.now());
    await unlessGone(authSql`
      insert into session_activity as old (session_id, seen_at, locked_at, return_to)
      values (${session.id}, ${now}, ${now}, ${returnTo})
      on conflict (session_id) do update set
        locked_at = coalesce(old.locked_at, excluded.locked_at),
        return_to = coalesce(excluded.return_to, old.return_to)`);
    forgetToken(session.token);
  }

  async function unlock(session: DeskSession): Promise<void> {
    await authSql`
      update session_activity set locked_at = null, return_to = null, seen_at = ${new Date(clock.now())}
      where session_id = ${session.id}`;
    seen.set(session.id, { at: clock.now(), writtenAt: clock.now() });
    forgetToken(session.token);
  }

  async function end(session: Pick<DeskSession, 'token'>): Promise<void> {
    await authSql`delete from session where token = ${session.token} or "expiresAt" < now()`;
    forgetToken(session.token);
  }

  /** Every answer that is under way or remembered may be about this person: reading anew costs two queries. */
  const forget = (_userId: string) => remembered.clear();

  return { find, touch, lock, unlock, end, forget };
}

interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly seenAt: number | null;
  readonly createdAt: number;
  readonly locked: boolean;
  readonly returnTo: string | null;
}

async function readSession(authSql: Sql, token: string): Promise<SessionRow | null> {
  const [row] = await authSql<
    {
      id: string;
      user_id: string;
      seen_at: Date | null;
      created_at: Date;
      locked: boolean;
      return_to: string | null;
    }[]
  >`
    select session.id, session."userId" as user_id, seen_at, session."createdAt" as created_at,
      locked_at is not null as locked, return_to
    from session left join session_activity on session_id = session.id
    where token = ${token} and "expiresAt" > now() and not starts_with(token, 'patient ')`;
  if (!row) return null;
  return {
    id: row.id,
    userId: row.user_id,
    seenAt: row.seen_at?.getTime() ?? null,
    createdAt: row.created_at.getTime(),
    locked: row.locked,
    returnTo: row.return_to,
  };
}

/** The token within a cookie that better-auth has signed (`token.base64(HMAC-SHA-256)`), or null. */
function openCookie(secret: string, cookie: string): string | null {
  const dot = cookie.lastIndexOf('.');
  if (dot <= 0) return null;
  const token = cookie.slice(0, dot);
  const expected = createHmac('sha256', secret).update(token).digest();
  const given = Buffer.from(cookie.slice(dot + 1), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

/** A session that was ended in the same moment needs no note about it. */
async function unlessGone(work: PromiseLike<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (errorCode(error) !== FOREIGN_KEY_VIOLATION) throw error;
  }
}
