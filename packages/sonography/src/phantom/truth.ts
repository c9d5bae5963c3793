import { type PointPx, px } from '../units.ts';
import type { ContractionPhases } from './contractions.ts';
import type { ProbeSlip, Setup } from './options.ts';
import type { Motion } from './scene.ts';

/** What is known of a phantom because it was put in. Frame 0 is at rest; places are px of the stored frame. */
export interface PhantomTruth {
  /** Where tissue that frame 0 shows at a place lies in another frame; `lost` where nobody can know or see it. */
  readonly at: (frame: number, place: PointPx) => PointPx | 'lost';
  /** How far the contraction has gone, 0 rest to 1 peak, for each frame. */
  readonly activation: Float64Array;
  readonly phases: readonly ContractionPhases[];
  /** 1 where the probe is out of the plane. */
  readonly outOfPlane: Uint8Array;
  /** True measures of each frame by their name, which ends in the unit, such as `gapMm`. */
  readonly series: Readonly<Record<string, Float64Array>>;
  /** Places in frame 0 that a sonographer would mark. */
  readonly landmarks: Readonly<Record<string, PointPx>>;
}

export function truthOf(setup: Setup): PhantomTruth {
  const { scene, field, activation } = setup;
  const { levels } = activation;
  const outOfPlane = Uint8Array.from(levels, (_, frame) => (isElsewhere(setup, frame) ? 1 : 0));
  const motions = new Map<number, Motion>();
  const motionOf = (level: number) => {
    const motion = motions.get(level) ?? scene.motionAt(level);
    motions.set(level, motion);
    return motion;
  };
  const toPx = (lateral: number, axial: number): PointPx => ({
    x: px(field.left + lateral / field.mmPerPx.lateral),
    y: px(field.top + axial / field.mmPerPx.axial),
  });
  const moved = new Float64Array(2);
  const inField = ({ x, y }: PointPx) =>
    x >= field.left &&
    y >= field.top &&
    x <= field.left + field.width - 1 &&
    y <= field.top + field.height - 1;
  return {
    activation: levels,
    phases: activation.phases,
    outOfPlane,
    series: seriesOf(setup),
    landmarks: Object.fromEntries(
      Object.entries(scene.landmarks).map(([name, { lateral, axial }]) => [name, toPx(lateral, axial)]),
    ),
    at(frame, place) {
      const lateral = (place.x - field.left) * field.mmPerPx.lateral;
      const axial = (place.y - field.top) * field.mmPerPx.axial;
      const level = levels[frame];
      if (level === undefined || outOfPlane[frame] === 1 || !scene.isTissue(lateral, axial)) return 'lost';
      motionOf(level)(lateral, axial, moved);
      const slip = slipAt(setup.slips, frame);
      const there = toPx((moved[0] ?? 0) + slip.lateral, (moved[1] ?? 0) + slip.axial);
      return inField(there) ? there : 'lost';
    },
  };
}

function seriesOf({ scene, activation }: Setup): Record<string, Float64Array> {
  const series: Record<string, Float64Array> = {};
  activation.levels.forEach((level, frame) => {
    for (const [name, value] of Object.entries(scene.measuresAt(level))) {
      series[name] ??= new Float64Array(activation.levels.length);
      (series[name] as Float64Array)[frame] = value;
    }
  });
  return series;
}

/** How far the probe has slipped by a frame, in mm of the image. */
export function slipAt(slips: readonly ProbeSlip[], frame: number): { lateral: number; axial: number } {
  let lateral = 0;
  let axial = 0;
  for (const slip of slips) {
    const share = Math.min(1, Math.max(0, (frame - slip.frame + 1) / (slip.frames ?? 1)));
    lateral += share * slip.lateralMm;
    axial += share * slip.axialMm;
  }
  return { lateral, axial };
}

function isElsewhere(setup: Setup, frame: number): boolean {
  return setup.planeLosses.some(({ from, to }) => frame >= from && frame < to);
}
