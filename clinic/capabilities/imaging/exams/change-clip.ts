import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ClipFacts } from '../core/clip-facts.ts';

/** What a person says of a clip. */
export const clipForm = z.object({
  role: z.enum(['rest', 'contraction', 'both', 'other', '']).default(''),
  side: z.enum(['left', 'right', '']).default(''),
  label: z.string().trim().max(120, 'At most 120 characters').default(''),
});

export async function describeClip(
  clinic: ClinicTransaction,
  clip: Pick<ClipFacts, 'id' | 'examId'>,
  { role, side, label }: z.infer<typeof clipForm>,
): Promise<void> {
  await clinic.tx
    .updateTable('imaging_instance')
    .set({ role: role === '' ? null : role, side: side === '' ? null : side, label })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', clip.id)
    .execute();
  await record(clinic, {
    action: 'clip.described',
    subject: { kind: 'clip', id: clip.id },
    detail: { study: clip.examId },
  });
}

const place = z.coerce.number({ error: 'Give a number' }).finite().min(0).max(100_000);

/** Two places of the stored frame in px, and how far apart they are. */
export const scaleForm = z.object({
  fromX: place,
  fromY: place,
  toX: place,
  toY: place,
  mm: z.coerce
    .number({ error: 'Give the distance in millimetres' })
    .min(1, 'At least 1 mm')
    .max(500, 'At most 500 mm'),
});
