import { record } from '../../../platform/audit/record.ts';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { Instance } from './instances.ts';

/** A viewer that plays a clip asks for it hundreds of times: that is one retrieval. */
const ONCE_IN_MS = 10 * 60_000;
const MOST_KNOWN = 20_000;

export type NoteRetrieval = (
  context: ClinicContext,
  how: string,
  instances: readonly Pick<Instance, 'id'>[],
) => Promise<void>;

/** Writes down who fetched what: each instance once in ten minutes for each who asks and each way of asking. */
export function createNoteRetrieval(): NoteRetrieval {
  const noted = new Map<string, number>();
  return async (context, how, instances) => {
    const now = performance.now();
    const keyOf = ({ id }: Pick<Instance, 'id'>) => `${context.actor.id} ${how} ${id}`;
    const fresh = instances.filter(
      (one) => now - (noted.get(keyOf(one)) ?? Number.NEGATIVE_INFINITY) > ONCE_IN_MS,
    );
    if (fresh.length === 0) return;
    await inClinic(context, (clinic) =>
      record(clinic, { action: 'clips.retrieved', detail: { how, clips: fresh.map(({ id }) => id) } }),
    );
    if (noted.size > MOST_KNOWN) noted.clear();
    for (const one of fresh) noted.set(keyOf(one), now);
  };
}
