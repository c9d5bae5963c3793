import type { ClipFacts, ClipRole, ImagingSource } from '../core/clip-facts.ts';

export const ROLES: Readonly<Record<ClipRole, string>> = {
  rest: 'Rest',
  contraction: 'Contraction',
  both: 'Rest and contraction',
  other: 'Something else',
};

export const SOURCES: Readonly<Record<ImagingSource, string>> = {
  stow: 'by DICOMweb',
  'c-store': 'from the machine',
  upload: 'by hand',
  simulator: 'simulated',
};

const MB = 1024 * 1024;

/** "87 frames in 2.9 s, 975 × 743 px, 0.2 MB". */
export function clipFactsLine({ frames, times, width, height, sizeBytes }: ClipFacts): string {
  const seconds = times.at(-1) ?? 0;
  const length = frames === 1 ? 'one picture' : `${frames} frames in ${seconds.toFixed(1)} s`;
  return `${length}, ${width} × ${height} px, ${sizeWords(sizeBytes)}`;
}

export function sizeWords(bytes: number): string {
  return bytes < MB / 10 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / MB).toFixed(1)} MB`;
}

/** How large a pixel of the clip is, or why nothing may be measured in it. */
export function scaleWords({ regions, setScale }: Pick<ClipFacts, 'regions' | 'setScale'>): {
  readonly measurable: boolean;
  readonly words: string;
} {
  if (setScale) {
    const pixels = Math.hypot(setScale.to.x - setScale.from.x, setScale.to.y - setScale.from.y);
    return {
      measurable: true,
      words: `Scale set by hand: ${setScale.mm} mm are ${Math.round(pixels)} px, ${(setScale.mm / pixels).toFixed(3)} mm in a pixel.`,
    };
  }
  const scaled = regions.find(({ scale }) => scale !== null)?.scale;
  if (scaled) {
    const [x, y] = [scaled.lateral.toFixed(3), scaled.axial.toFixed(3)];
    return { measurable: true, words: `Scale from the file: ${x === y ? x : `${x} × ${y}`} mm in a pixel.` };
  }
  const why = regions.find(({ refusal }) => refusal !== null)?.refusal?.message;
  return { measurable: false, words: why ?? 'The file gives no scale. Set it on a known distance.' };
}
