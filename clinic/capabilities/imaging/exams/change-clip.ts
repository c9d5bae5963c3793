import { mm, px, SonographyError, scaleOfDistance } from '@rectus/sonography';
import { sql } from 'kysely';
import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ClipFacts, SetScale } from '../core/clip-facts.ts';
import { ImagingError } from '../core/imaging-error.ts';

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

/**
 * Sets the scale of a clip on a distance that somebody knows, such as two marks of the ruler beside the picture. What was
 * measured in it before is measured anew by it.
 *
 * @throws ImagingError where a place lies outside the picture, or the distance is too short to tell
 */
export async function setScale(
  clinic: ClinicTransaction,
  clip: Pick<ClipFacts, 'id' | 'examId' | 'width' | 'height'>,
  form: z.infer<typeof scaleForm>,
  now: number,
): Promise<void> {
  const scale: SetScale = {
    from: { x: form.fromX, y: form.fromY },
    to: { x: form.toX, y: form.toY },
    mm: form.mm,
    by: clinic.actor.id ?? '',
    at: new Date(now).toISOString(),
  };
  for (const { x, y } of [scale.from, scale.to])
    if (x > clip.width - 1 || y > clip.height - 1)
      throw new ImagingError(
        `The picture is ${clip.width} × ${clip.height} pixels: a place lies outside of it.`,
      );
  try {
    scaleOfDistance({
      from: { x: px(scale.from.x), y: px(scale.from.y) },
      to: { x: px(scale.to.x), y: px(scale.to.y) },
      length: mm(scale.mm),
    });
  } catch (error) {
    if (error instanceof SonographyError) throw new ImagingError(error.message);
    throw error;
  }
  await writeScale(clinic, clip, scale);
}

/** Takes a set scale back: what the file says holds again. */
export async function removeScale(
  clinic: ClinicTransaction,
  clip: Pick<ClipFacts, 'id' | 'examId'>,
): Promise<void> {
  await writeScale(clinic, clip, null);
}

async function writeScale(
  clinic: ClinicTransaction,
  clip: Pick<ClipFacts, 'id' | 'examId'>,
  scale: SetScale | null,
): Promise<void> {
  await clinic.tx
    .updateTable('imaging_instance')
    .set({ set_scale: scale === null ? sql<null>`null` : scale })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', clip.id)
    .execute();
  await record(clinic, {
    action: scale === null ? 'clip.scale_removed' : 'clip.scale_set',
    subject: { kind: 'clip', id: clip.id },
    detail: { study: clip.examId },
  });
}
