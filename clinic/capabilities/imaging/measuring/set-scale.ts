import { mm, px, SonographyError, scaleOfDistance } from '@rectus/sonography';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ClipFacts, SetScale } from '../core/clip-facts.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { madeBy, measureAnew, note } from './change-analysis.ts';

/**
 * Sets a clip's scale on a distance that somebody knows, or gives it back to what the file says; everything measured in it is
 * measured anew. Returns how many analyses wait for that.
 * @throws ImagingError where the distance lies outside, or is too short to tell
 */
export async function setScale(
  clinic: ClinicTransaction,
  examId: string,
  clip: ClipFacts,
  known: Pick<SetScale, 'from' | 'to' | 'mm'> | null,
  now: number,
): Promise<number> {
  if (known) check(clip, known);
  const { tx, clinicId } = clinic;
  await tx
    .updateTable('imaging_instance')
    .set({ set_scale: known && { ...known, by: madeBy(clinic), at: new Date(now).toISOString() } })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', clip.id)
    .execute();
  await note(clinic, known ? 'scale_set' : 'scale_unset', examId, { instance: clip.id });
  return measureAnew(clinic, clip.id);
}

function check(clip: ClipFacts, { from, to, mm: length }: Pick<SetScale, 'from' | 'to' | 'mm'>): void {
  for (const { x, y } of [from, to])
    if (x < 0 || y < 0 || x > clip.width - 1 || y > clip.height - 1)
      throw new ImagingError('A mark lies outside of the picture.');
  const point = ({ x, y }: SetScale['from']) => ({ x: px(x), y: px(y) });
  try {
    scaleOfDistance({ from: point(from), to: point(to), length: mm(length) });
  } catch (error) {
    if (error instanceof SonographyError) throw new ImagingError(error.message);
    throw error;
  }
}
