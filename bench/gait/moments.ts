import {
  AS_PLUG_IN_GAIT,
  contactsOf,
  findEvents,
  type Kinetics,
  kineticsOf,
  LEG_JOINTS,
  type LegJoint,
  type SegmentTable,
  SIDES,
  type Side,
  stancesOf,
  WINTER,
} from '@rectus/gait';
import { vendorCurve } from '../../packages/gait/testing/shared-data.ts';
import { type Agreement, agreementOf } from './differences.ts';
import type { VendorTrial } from './vendor-trials.ts';

/** What the report uses first, then what reproduces the vendor. */
export const INERTIAS = { literature: WINTER, vendor: AS_PLUG_IN_GAIT } as const satisfies Record<
  string,
  SegmentTable
>;
export type Inertia = keyof typeof INERTIAS;

export const QUANTITIES = ['sagittal', 'frontal', 'transverse', 'power'] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Stance: a whole step alone on a plate. Swing: the foot in the air beside it, where only inertia and weight speak. */
export type Phase = 'stance' | 'swing';

/** One moment (Nm/kg) or power (W/kg) of a joint against the vendor's, both legs together. */
export interface KineticDifference {
  readonly trial: VendorTrial;
  readonly joint: LegJoint;
  readonly quantity: Quantity;
  readonly phase: Phase;
  readonly by: Readonly<Record<Inertia, Agreement>>;
}

type Pair = readonly [ours: number, theirs: number];

/** Moments and powers of every trial against those that its own program stored. */
export function compareKinetics(trials: readonly VendorTrial[]): KineticDifference[] {
  return trials.flatMap((trial) => {
    const { recording, kinematics, subject, file } = trial;
    const { chosen, contacts: onPlates } = findEvents(recording);
    const contacts = contactsOf(recording, stancesOf(chosen, onPlates, recording));
    const ours = {
      literature: kineticsOf(kinematics, subject, contacts, INERTIAS.literature),
      vendor: kineticsOf(kinematics, subject, contacts, INERTIAS.vendor),
    };
    const pairs = (inertia: Inertia, joint: LegJoint, quantity: Quantity, phase: Phase): Pair[] =>
      SIDES.flatMap((side) => {
        const theirs = vendorValues(file, side, joint, quantity);
        return contacts[side].flatMap((contact, frame): Pair[] => {
          const isIn = phase === 'stance' ? contact !== null && contact !== 'unknown' : contact === null;
          return isIn ? [[ourValue(ours[inertia], side, joint, quantity, frame), theirs(frame)]] : [];
        });
      });
    return (['stance', 'swing'] as const).flatMap((phase) =>
      LEG_JOINTS.flatMap((joint) =>
        QUANTITIES.flatMap((quantity): KineticDifference[] => {
          const literature = agreementOf(pairs('literature', joint, quantity, phase));
          const vendor = agreementOf(pairs('vendor', joint, quantity, phase));
          return literature && vendor ? [{ trial, joint, quantity, phase, by: { literature, vendor } }] : [];
        }),
      ),
    );
  });
}

function ourValue(
  kinetics: Kinetics,
  side: Side,
  joint: LegJoint,
  quantity: Quantity,
  frame: number,
): number {
  const value =
    quantity === 'power'
      ? kinetics.powers[side][joint][frame]
      : kinetics.moments[side][joint][3 * frame + QUANTITIES.indexOf(quantity)];
  return value ?? Number.NaN;
}

/** The vendor stores moments in Nmm/kg, the power as the third component, and zeros where it knows nothing. */
function vendorValues(file: VendorTrial['file'], side: Side, joint: LegJoint, quantity: Quantity) {
  const name = `${side === 'left' ? 'L' : 'R'}${joint[0]?.toUpperCase()}${joint.slice(1)}`;
  const isPower = quantity === 'power';
  const curve = vendorCurve(file, `${name}${isPower ? 'Power' : 'Moment'}`);
  return (frame: number): number => {
    const value = curve?.[3 * frame + (isPower ? 2 : QUANTITIES.indexOf(quantity))];
    return value === undefined || value === 0 ? Number.NaN : value / (isPower ? 1 : 1000);
  };
}

/** What the project aims for in the sagittal plane and in power, while a foot stands on a plate. */
const AIMS = { momentNmPerKg: 0.03, powerWPerKg: 0.1, r: 0.99 } as const;

/** Which aims a row misses with an inertia; empty for rows that no aim is set for. */
export function missedAims({ quantity, by }: KineticDifference, inertia: Inertia): string[] {
  const { rms, r } = by[inertia];
  if (quantity !== 'sagittal' && quantity !== 'power') return [];
  const most = quantity === 'power' ? AIMS.powerWPerKg : AIMS.momentNmPerKg;
  return [...(rms > most ? [`over ${most}`] : []), ...(r < AIMS.r ? [`r under ${AIMS.r}`] : [])];
}

/** The largest RMS of a quantity in stance, over all trials and joints. */
export function worstRms(
  rows: readonly KineticDifference[],
  quantity: Quantity,
  inertia: Inertia,
  phase: Phase = 'stance',
): number {
  const own = rows.filter((row) => row.quantity === quantity && row.phase === phase);
  return Math.max(...own.map(({ by }) => by[inertia].rms));
}
