import { sql } from 'kysely';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';

const EVERY_MS = 1_000;

interface Watched {
  readonly listeners: Set<() => void>;
  readonly timer: NodeJS.Timeout;
}

/** Tells desks that something in their clinic has changed, whichever process changed it. */
export interface ClinicWatch {
  /** Calls `onChange` soon after each change, until the returned function is called. */
  watch(context: ClinicContext, onChange: () => void): () => void;
  close(): void;
}

/**
 * One look at the audit log per second, clinic and process, for as long as anybody watches. It needs no message
 * between processes, so it works the same for one process and for twenty.
 */
export function createClinicWatch(everyMs = EVERY_MS): ClinicWatch {
  const clinics = new Map<string, Watched>();

  function start(context: ClinicContext): Watched {
    const listeners = new Set<() => void>();
    const system: ClinicContext = { ...context, actor: { kind: 'system', id: 'clinic watch' } };
    let last: string | null = null;
    let busy = false;
    const look = async () => {
      if (busy) return;
      busy = true;
      try {
        const mark = await readMark(system);
        if (last !== null && mark !== last) for (const listener of [...listeners]) listener();
        last = mark;
      } catch {
        // The database is away for a moment: the next look finds what was missed.
      } finally {
        busy = false;
      }
    };
    void look();
    return { listeners, timer: setInterval(look, everyMs).unref() };
  }

  return {
    watch(context, onChange) {
      const watched = clinics.get(context.clinicId) ?? start(context);
      clinics.set(context.clinicId, watched);
      watched.listeners.add(onChange);
      return () => {
        watched.listeners.delete(onChange);
        if (watched.listeners.size > 0 || clinics.get(context.clinicId) !== watched) return;
        clearInterval(watched.timer);
        clinics.delete(context.clinicId);
      };
    },
    close() {
      for (const { timer } of clinics.values()) clearInterval(timer);
      clinics.clear();
    },
  };
}

/**
 * A text that differs after every change. The sum catches an event that was committed after one with a higher
 * number; looking at something changes nothing. Holds end by
 * themselves, so those alive count as well.
 */
async function readMark(context: ClinicContext): Promise<string> {
  const { rows } = await inClinic(context, ({ tx, clinicId }) =>
    sql<{ mark: string }>`
      select concat_ws(' ', max(id), sum(id),
        (select count(*) from hold where clinic_id = ${clinicId} and expires_at > clock_timestamp())) as mark
      from (
        select id from audit_event
        where clinic_id = ${clinicId} and action not like '%.viewed' and action not like 'session.%'
        order by id desc limit 200
      ) latest`.execute(tx),
  );
  return rows[0]?.mark ?? '';
}
