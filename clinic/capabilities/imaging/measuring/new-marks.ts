import { MeasureRefused } from '@rectus/sonography';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { FileStore } from '../../../platform/files/index.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import { ImagingError } from '../core/imaging-error.ts';
import type { Analysed } from './analyse.ts';
import type { StoredMarks } from './analysis.ts';
import { addAnalysis } from './change-analysis.ts';
import { effectiveRegions } from './effective-regions.ts';
import { measureAtOnce } from './measure-at-once.ts';
import type { Asked, Tool, ToolId } from './tools/tool.ts';
import { toolOf } from './tools.ts';

export interface NewMarks {
  readonly examId: string;
  readonly clip: ClipFacts;
  readonly tool: ToolId;
  readonly marks: StoredMarks;
  readonly replaces: string | null;
}

/**
 * Takes marks: they are measured in their own frame first, so that nothing that cannot be measured is stored. A still, or a tool of
 * a single frame, is done with that; otherwise a worker follows the marks through the clip. Returns the analysis' id.
 * @throws ImagingError where the marks are not right, in words
 */
export async function takeMarks(
  clinic: ClinicTransaction,
  files: FileStore,
  { examId, clip, tool: id, marks: given, replaces }: NewMarks,
): Promise<{ readonly id: string; readonly waits: boolean }> {
  const tool = toolOf(id);
  if (!tool) throw new ImagingError(`There is no tool ${id}.`);
  checkMarks(tool, clip, given);
  const marks = completed(tool, clip, given);
  const analysed: Analysed = await measureAtOnce(clinic, files, { clip, tool: id, marks });
  const waits = tool.follow !== null && clip.frames > 1;
  const added = await addAnalysis(clinic, {
    ...{ examId, clip, tool: id, marks, replaces },
    analysed: waits ? null : analysed,
  });
  return { id: added, waits };
}

function completed(tool: Tool, clip: ClipFacts, marks: StoredMarks): StoredMarks {
  if (!tool.complete) return marks;
  try {
    return { ...marks, points: tool.complete(marks.points, effectiveRegions(clip)) };
  } catch (error) {
    if (error instanceof MeasureRefused) throw new ImagingError(error.message);
    throw error;
  }
}

function checkMarks(tool: Tool, clip: ClipFacts, { frame, points, asked }: StoredMarks): void {
  if (frame >= clip.frames) throw new ImagingError(`The clip has ${clip.frames} frames.`);
  if (points.length < tool.least || points.length > tool.most)
    throw new ImagingError(
      `${tool.name} takes ${tool.least === tool.most ? tool.least : `${tool.least} to ${tool.most}`} places, not ${points.length}.`,
    );
  for (const { x, y } of points)
    if (x < 0 || y < 0 || x > clip.width - 1 || y > clip.height - 1)
      throw new ImagingError('A mark lies outside of the picture.');
  checkAsked(tool, asked);
}

function checkAsked(tool: Tool, asked: Asked): void {
  for (const { name, label, required, options } of tool.asks) {
    const said = asked[name] ?? '';
    if (required && !said)
      throw new ImagingError(`${label} must be said: without it no two measures compare.`);
    if (said && options && !options.some(([value]) => value === said))
      throw new ImagingError(`${label}: ${said} is not one of the choices.`);
  }
  const unknown = Object.keys(asked).find((name) => !tool.asks.some((one) => one.name === name));
  if (unknown) throw new ImagingError(`${tool.name} does not ask for ${unknown}.`);
}
