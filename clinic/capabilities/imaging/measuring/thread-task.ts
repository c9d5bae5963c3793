import type { ClipFacts } from '../core/clip-facts.ts';
import type { Analysed } from './analyse.ts';
import type { Asked, MarkPlace, ToolId } from './tools/tool.ts';

/** What a thread is asked to follow, and in which file. */
export interface ThreadTask {
  readonly path: string;
  readonly clip: Pick<ClipFacts, 'format' | 'setScale'>;
  readonly tool: ToolId;
  readonly frame: number;
  readonly places: readonly MarkPlace[];
  readonly asked: Asked;
}

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly analysed: Analysed }
  /** Something about the clip or the marks that a person can act on. */
  | { readonly kind: 'refused'; readonly reason: string };
