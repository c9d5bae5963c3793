import type { Kinetics, LegJoint } from './kinetics/inverse-dynamics.ts';
import type { Joint, Kinematics } from './model/kinematics.ts';
import { leftward, type Side } from './side.ts';
import { series } from './signal/series.ts';

export type Unit = 'deg' | 'Nm/kg' | 'W/kg' | 'body weight';
export type Plane = 'sagittal' | 'frontal' | 'transverse';

/** One curve of the report: what it is called, what its signs mean, and where it comes from. */
export interface Variable {
  readonly id: string;
  readonly name: string;
  readonly unit: Unit;
  /** What values above zero mean, and those below. */
  readonly positive: string;
  readonly negative: string;
  /** Powers are scalars and have none. */
  readonly plane: Plane | null;
  readonly source:
    | { readonly kind: 'angle'; readonly joint: Joint; readonly component: 0 | 1 | 2 }
    | { readonly kind: 'moment'; readonly joint: LegJoint; readonly component: 0 | 1 | 2 }
    | { readonly kind: 'power'; readonly joint: LegJoint }
    | { readonly kind: 'ground-reaction'; readonly component: 0 | 1 | 2 };
}

const PLANES = ['sagittal', 'frontal', 'transverse'] as const;
type Named = readonly [id: string, name: string, positive: string, negative: string];

function angles(joint: Joint, ...components: readonly (Named | null)[]): Variable[] {
  return components.flatMap((named, index) => {
    if (!named) return [];
    const [id, name, positive, negative] = named;
    const component = index as 0 | 1 | 2;
    const plane = PLANES[component] as Plane;
    return [
      { id, name, unit: 'deg', positive, negative, plane, source: { kind: 'angle', joint, component } },
    ];
  });
}

function moments(joint: LegJoint, ...components: readonly Named[]): Variable[] {
  return components.map(([id, name, positive, negative], index) => {
    const component = index as 0 | 1 | 2;
    const plane = PLANES[component] as Plane;
    return {
      id,
      name,
      unit: 'Nm/kg',
      positive,
      negative,
      plane,
      source: { kind: 'moment', joint, component },
    };
  });
}

function power(joint: LegJoint): Variable {
  return {
    id: `${joint}.power`,
    name: `${joint[0]?.toUpperCase()}${joint.slice(1)} power`,
    unit: 'W/kg',
    positive: 'generated',
    negative: 'absorbed',
    plane: null,
    source: { kind: 'power', joint },
  };
}

/** Every curve that can stand in a report, in its order. Moments are internal: what muscles and ligaments do. */
export const VARIABLES: readonly Variable[] = [
  ...angles(
    'pelvis',
    ['pelvis.tilt', 'Pelvic tilt', 'anterior', 'posterior'],
    ['pelvis.obliquity', 'Pelvic obliquity', 'up', 'down'],
    ['pelvis.rotation', 'Pelvic rotation', 'internal', 'external'],
  ),
  ...angles(
    'hip',
    ['hip.flexion', 'Hip flexion', 'flexion', 'extension'],
    ['hip.adduction', 'Hip adduction', 'adduction', 'abduction'],
    ['hip.rotation', 'Hip rotation', 'internal', 'external'],
  ),
  ...angles(
    'knee',
    ['knee.flexion', 'Knee flexion', 'flexion', 'extension'],
    ['knee.adduction', 'Knee adduction', 'varus', 'valgus'],
    ['knee.rotation', 'Knee rotation', 'internal', 'external'],
  ),
  ...angles('ankle', ['ankle.dorsiflexion', 'Ankle dorsiflexion', 'dorsiflexion', 'plantarflexion'], null, [
    'ankle.rotation',
    'Foot rotation',
    'internal',
    'external',
  ]),
  ...angles('footProgress', null, null, ['foot.progression', 'Foot progression', 'internal', 'external']),
  ...angles(
    'thorax',
    ['thorax.tilt', 'Trunk tilt', 'forwards', 'backwards'],
    ['thorax.obliquity', 'Trunk lean', 'up', 'down'],
    ['thorax.rotation', 'Trunk rotation', 'internal', 'external'],
  ),
  ...angles(
    'spine',
    ['spine.flexion', 'Trunk on pelvis, flexion', 'flexion', 'extension'],
    ['spine.lean', 'Trunk on pelvis, lean', 'up', 'down'],
    ['spine.rotation', 'Trunk on pelvis, rotation', 'internal', 'external'],
  ),
  ...moments(
    'hip',
    ['hip.extension-moment', 'Hip extension moment', 'extensor', 'flexor'],
    ['hip.abduction-moment', 'Hip abduction moment', 'abductor', 'adductor'],
    ['hip.rotation-moment', 'Hip rotation moment', 'external rotator', 'internal rotator'],
  ),
  ...moments(
    'knee',
    ['knee.extension-moment', 'Knee extension moment', 'extensor', 'flexor'],
    ['knee.abduction-moment', 'Knee abduction moment', 'abductor (valgus)', 'adductor (varus)'],
    ['knee.rotation-moment', 'Knee rotation moment', 'external rotator', 'internal rotator'],
  ),
  ...moments(
    'ankle',
    ['ankle.plantarflexion-moment', 'Ankle plantarflexion moment', 'plantarflexor', 'dorsiflexor'],
    ['ankle.abduction-moment', 'Ankle abduction moment', 'abductor', 'adductor'],
    ['ankle.rotation-moment', 'Ankle rotation moment', 'external rotator', 'internal rotator'],
  ),
  power('hip'),
  power('knee'),
  power('ankle'),
  groundReaction(0, 'ground-reaction.forwards', 'Ground reaction forwards', 'propelling', 'braking'),
  groundReaction(1, 'ground-reaction.outwards', 'Ground reaction sideways', 'outwards', 'inwards'),
  groundReaction(2, 'ground-reaction.upwards', 'Ground reaction upwards', 'upwards', 'downwards'),
];

function groundReaction(component: 0 | 1 | 2, ...[id, name, positive, negative]: Named): Variable {
  const source = { kind: 'ground-reaction', component } as const;
  return { id, name, unit: 'body weight', positive, negative, plane: null, source };
}

/** The nine curves of the gait profile, in the order of GDI and GPS. Source: Schwartz & Rozumalski 2008; Baker 2009. */
export const PROFILE_VARIABLES = [
  'pelvis.tilt',
  'pelvis.obliquity',
  'pelvis.rotation',
  'hip.flexion',
  'hip.adduction',
  'hip.rotation',
  'knee.flexion',
  'ankle.dorsiflexion',
  'foot.progression',
] as const;
export type ProfileVariable = (typeof PROFILE_VARIABLES)[number];

/** The variable of an id, or null where there is none. */
export function variableOf(id: string): Variable | null {
  return VARIABLES.find((variable) => variable.id === id) ?? null;
}

/** One value a frame over the whole trial; null where the curve needs plates and there are none. */
export function curveOf(
  variable: Variable,
  side: Side,
  kinematics: Kinematics,
  kinetics: Kinetics | null,
): Float64Array | null {
  const { source } = variable;
  if (source.kind === 'angle') return componentOf(kinematics.angles[side][source.joint], source.component);
  if (!kinetics) return null;
  if (source.kind === 'power') return kinetics.powers[side][source.joint];
  if (source.kind === 'moment') return componentOf(kinetics.moments[side][source.joint], source.component);
  const curve = componentOf(kinetics.groundReaction[side], source.component);
  const sign = source.component === 1 ? leftward(side) : 1;
  return curve.map((value) => sign * value);
}

function componentOf(values: Float64Array, component: 0 | 1 | 2): Float64Array {
  return series(values.length / 3, (frame) => values[3 * frame + component] as number);
}
