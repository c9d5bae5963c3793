import { type Clip, type Measured, MeasureRefused, type Mm, mm, SonographyError } from '@rectus/sonography';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { FileStore } from '../../../platform/files/index.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { clipOf } from '../core/open-clip.ts';
import { type Analysed, analyseFrame } from './analyse.ts';
import { readAnalysis, type StoredMarks } from './analysis.ts';
import { effectiveRegions } from './effective-regions.ts';
import { valueAt } from './result.ts';
import type { ToolId } from './tools/tool.ts';
import { toolOf } from './tools.ts';

interface ToMeasureAtOnce {
  readonly clip: ClipFacts;
  readonly tool: ToolId;
  readonly marks: StoredMarks;
}

/**
 * What the marks give in the frame in which they were made: the check of every new analysis, and all there is of a still.
 * @throws ImagingError where they cannot be measured, in words
 */
export async function measureAtOnce(
  clinic: ClinicTransaction,
  files: FileStore,
  { clip, tool: id, marks }: ToMeasureAtOnce,
): Promise<Analysed> {
  const tool = toolOf(id);
  if (!tool) throw new ImagingError(`There is no tool ${id}.`);
  const { frame, points: places, asked } = marks;
  const regions: Pick<Clip, 'regions'> = { regions: effectiveRegions(clip) };
  try {
    const pixels = tool.needsPixels
      ? await (await clipOf(files, clinic.clinicId, clip)).frame(frame)
      : undefined;
    const { width: widthFrom } = asked;
    const width = widthFrom ? await widthOf(clinic, clip, widthFrom) : undefined;
    const of = { tool, frame, places, asked, hasSetScale: clip.setScale !== null, ...(width && { width }) };
    return analyseFrame(regions, of, pixels);
  } catch (error) {
    if (error instanceof MeasureRefused || error instanceof SonographyError)
      throw new ImagingError(error.message);
    throw error;
  }
}

/** A diameter that was measured as a distance in another clip of the same examination. */
async function widthOf(
  clinic: ClinicTransaction,
  clip: ClipFacts,
  analysisId: string,
): Promise<Measured<Mm>> {
  const found = /^[0-9a-f-]{36}$/.test(analysisId) ? await readAnalysis(clinic, analysisId) : null;
  const usable = found && !found.removed && found.examId === clip.examId && found.tool === 'distance';
  const value =
    usable && found.result ? valueAt(found.result, found.result.series[0], found.marks.frame) : null;
  if (!value)
    throw new ImagingError('The distance that should be the width is not there, or not measured yet.');
  return { value: mm(value.value), standardError: mm(value.standardError) };
}
