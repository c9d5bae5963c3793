import type { BodySide } from '../../../../platform/database/schema-of-imaging.ts';
import type { ClipFacts } from '../../core/clip-facts.ts';
import type { Exam } from '../../core/exam.ts';
import type { Analysis } from '../analysis.ts';
import { type AnalysisResult, valueAt } from '../result.ts';
import { circumstanceWords } from '../tools/inter-recti.ts';
import type { Tool } from '../tools/tool.ts';
import { toolOf } from '../tools.ts';

/** What a frame stands for; `at`: for nothing but itself. */
export type State = 'rest' | 'contraction' | 'at';

/** One value in one frame. */
export interface InFrame {
  readonly frame: number;
  readonly value: number;
  readonly standardError: number;
  /** Without what setting the marks adds. */
  readonly changeError: number;
}

/** An analysis that is ready, with what its frames stand for. */
export interface Reading {
  readonly analysis: Analysis;
  readonly result: AnalysisResult;
  readonly tool: Tool;
  readonly clip: ClipFacts;
  readonly bodySite: string | null;
  readonly side: BodySide | null;
  /** For each quantity of the tool. */
  readonly values: readonly Readonly<Partial<Record<State, InFrame>>>[];
}

/** What an analysis says, or null where it is not ready. */
export function readingOf(
  analysis: Analysis,
  clip: ClipFacts | undefined,
  exam: Pick<Exam, 'anatomy' | 'side'>,
): Reading | null {
  const { result } = analysis;
  const tool = toolOf(analysis.tool);
  if (!result || !tool || !clip) return null;
  const frames = framesOf(analysis, result, clip.role);
  const values = result.series.map((series) => {
    const found: Partial<Record<State, InFrame>> = {};
    for (const state of ['rest', 'contraction', 'at'] as const) {
      const frame = frames[state] ?? null;
      const value = valueAt(result, series, frame);
      if (value && frame !== null) found[state] = { frame, ...value };
    }
    return found;
  });
  return { analysis, result, tool, clip, values, ...placeOf(analysis, clip, exam) };
}

/** A clip that shows rest alone, or contraction alone, says so by its role; its usual frame stands for it. */
function framesOf(
  { chosen, marks }: Analysis,
  result: AnalysisResult,
  role: ClipFacts['role'],
): Partial<Record<State, number>> {
  const { rest, contraction } = chosen ?? { rest: null, contraction: null };
  if (rest !== null || contraction !== null)
    return { ...(rest !== null && { rest }), ...(contraction !== null && { contraction }) };
  if (role === 'rest' || role === 'contraction') return { [role]: result.typical };
  const atMarks = valueAt(result, result.series[0], marks.frame);
  return { at: atMarks ? marks.frame : result.typical };
}

function placeOf(
  { tool, marks }: Analysis,
  clip: ClipFacts,
  exam: Pick<Exam, 'anatomy' | 'side'>,
): Pick<Reading, 'bodySite' | 'side'> {
  if (tool === 'inter-recti')
    return { bodySite: `Linea alba: ${circumstanceWords(marks.asked)}`, side: null };
  const side = clip.side ?? exam.side;
  if (tool === 'abdominal') return { bodySite: 'Lateral abdominal wall', side };
  return { bodySite: marks.asked.structure || exam.anatomy || null, side };
}
