import { readFileSync } from 'node:fs';
import { type C3dContent, firstNumber, readC3d, trajectoryAt } from '@rectus/c3d';
import { markerRadiusOfFiles } from '@rectus/gait';
import type { TrialRole } from '../../../platform/database/schema-of-studies.ts';
import type { TrialFacts } from '../core/trial-facts.ts';
import type { FileOnDisk, Inspected } from './thread-task.ts';
import { wordsOf } from './words-of.ts';

/** Our names for what motion-capture programs store in PROCESSING. */
const STORED: Readonly<Record<string, string>> = {
  massKg: 'Bodymass',
  heightMm: 'Height',
  legLengthLeftMm: 'LLegLength',
  legLengthRightMm: 'RLegLength',
  kneeWidthLeftMm: 'LKneeWidth',
  kneeWidthRightMm: 'RKneeWidth',
  ankleWidthLeftMm: 'LAnkleWidth',
  ankleWidthRightMm: 'RAnkleWidth',
  interAsisMm: 'InterAsisDistance',
};

/** Whoever stands for a calibration sways; whoever walks crosses the room. */
const STANDING_MM = 300;

/** Reads a file to tell what is in it, or why it cannot be used. */
export function inspectFile(file: FileOnDisk): Inspected {
  try {
    const content = readC3d(readFileSync(file.path));
    const facts = factsOf(
      content,
      content.warnings.map(({ message }) => message),
    );
    if (facts.markers === 0) return { ok: false, reason: 'This C3D file holds no markers.' };
    return { ok: true, facts, role: roleOf(content) };
  } catch (error) {
    const reason = wordsOf(error);
    if (reason === null) throw error;
    return { ok: false, reason };
  }
}

function factsOf(content: C3dContent, warnings: readonly string[]): TrialFacts {
  const measurements: Record<string, number> = {};
  for (const [name, stored] of Object.entries(STORED)) {
    const value = firstNumber(content.groups, 'PROCESSING', stored) ?? 0;
    if (value > 0) measurements[name] = value;
  }
  const radius = markerRadiusOfFiles([content]);
  if (radius !== null) measurements.markerRadiusMm = radius;
  return {
    rateHz: content.rateHz,
    frames: content.frames,
    seconds: content.frames / content.rateHz,
    markers: wornMarkers(content.markers.labels).length,
    plates: content.forcePlates.length,
    warnings: warnings.slice(0, 20),
    measurements,
  };
}

/** Joint centres and centres of mass, which models compute and store as positions. */
const COMPUTED = /(hip|knee|ankle).?(joint.?)?cent(re|er)|cent(re|er).?of.?mass/i;
/** A model's segment is stored as its origin and the tips of its three axes: PELO, PELA, PELL, PELP. */
const AXES = ['O', 'A', 'L', 'P'] as const;

/** The labels of markers that somebody wore: without what models computed, and without what nobody named. */
export function wornMarkers(labels: readonly string[]): readonly string[] {
  const all = new Set(labels);
  const isAxis = (label: string): boolean =>
    AXES.some((end) => label.endsWith(end)) && AXES.every((end) => all.has(label.slice(0, -1) + end));
  return labels.filter((label) => !/^[*#]/.test(label) && !COMPUTED.test(label) && !isAxis(label));
}

/** By what most markers do: a single one may jump when it is lost and found. */
function roleOf(content: C3dContent): TrialRole {
  const { labels } = content.markers;
  const moving = labels.filter((_, index) => travelMm(content, index) > STANDING_MM).length;
  return 2 * moving > labels.length ? 'walking' : 'standing';
}

/** The greatest distance of a marker, seen from above, from where it was first seen. */
function travelMm({ markers, frames }: C3dContent, index: number): number {
  const { xyz } = trajectoryAt(markers, index);
  const at = (frame: number, axis: number): number => xyz[3 * frame + axis] ?? Number.NaN;
  let first = 0;
  while (first < frames && Number.isNaN(at(first, 0))) first++;
  let furthest = 0;
  for (let frame = first; frame < frames; frame++) {
    const distance = Math.hypot(at(frame, 0) - at(first, 0), at(frame, 1) - at(first, 1));
    if (distance > furthest) furthest = distance;
  }
  return (markers.mmPerUnit ?? 1) * furthest;
}
