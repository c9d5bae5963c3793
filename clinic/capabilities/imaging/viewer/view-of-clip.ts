import { mm, px, type Region, scaleOfDistance } from '@rectus/sonography';
import type { ClipFacts } from '../core/clip-facts.ts';
import { setScaleArea } from '../core/set-scale-area.ts';
import { captionText } from './captions.ts';
import type { ViewerClip } from './client/contracts.ts';

/** The examination that a clip belongs to, as the viewer names it. */
export interface ClipsExam {
  readonly id: string;
  readonly side: 'left' | 'right' | null;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  /** The day in words. */
  readonly day: string;
}

/** A stored clip as the viewer gets it. `number` counts the clips of its examination; `photometric` is how its colours are stored, where that is known. */
export function viewOfClip(
  facts: ClipFacts,
  exam: ClipsExam,
  number: number,
  photometric: string | null,
): ViewerClip {
  const { id, role, label, frames, width, height, times, transferSyntax, format, probe, warnings } = facts;
  const side = facts.side ?? exam.side;
  const path = `/desk/imaging/clips/${id}`;
  const name = { role: ROLE_WORDS[role ?? 'other'], mark: 'other', side: side ?? '', day: '' } as const;
  return {
    ...{ id, role, side, label, frames, width, height, times, transferSyntax, format, probe, warnings },
    examId: exam.id,
    number,
    title: label ? `${captionText(name)}: ${label}` : captionText(name),
    takenAt: exam.takenAt,
    day: exam.day,
    regions: scaledRegions(facts),
    hasSetScale: facts.setScale !== null,
    photometric,
    framesHref: `${path}/frames`,
    headHref: `${path}/head`,
    etag: facts.sha256.slice(0, 16),
  };
}

const ROLE_WORDS = {
  rest: 'Rest',
  contraction: 'Contraction',
  both: 'Rest and contraction',
  other: 'Clip',
} as const;

/** The regions of a clip; a scale that a person set takes their place. */
export function scaledRegions({ regions, setScale, width, height }: ClipFacts): readonly Region[] {
  if (!setScale) return regions;
  const { from, to, mm: length } = setScale;
  const scale = scaleOfDistance({
    from: { x: px(from.x), y: px(from.y) },
    to: { x: px(to.x), y: px(to.y) },
    length: mm(length),
  });
  const whole = { left: 0, top: 0, right: width - 1, bottom: height - 1 };
  return [{ ...whole, ...setScaleArea(regions), kind: 'tissue', scale, refusal: null }];
}
