import { type C3dContent, plateLoads, textsOf, trajectoryAt } from '@rectus/c3d';
import { GaitError } from './gait-error.ts';
import { detectMarkerSet } from './marker-sets/detect.ts';
import { labelsOf, type MarkerSet, MODEL_MARKERS } from './marker-sets/marker-set.ts';
import type { MarkerClusters, Path, Plate, Recording, VendorEvent } from './recording.ts';
import { turnUp, type Up, upByMarkers, upByScreen } from './upwards.ts';

/**
 * A trial as the model takes it, from a C3D file: millimetres, z upwards, the subject's prefix taken off the labels, the
 * model's own names for its markers. Whatever stands at exactly 0, 0, 0 was not measured: programs write that for markers
 * they lost. A marker that was never seen is left out, and so is known to be missing.
 *
 * @param set how the markers are named (default: the known set that the labels show); null leaves every label as it is
 * @throws GaitError `no-unit` when the file does not say what its lengths are in
 */
export function recordingOf(content: C3dContent, set?: MarkerSet | null): Recording {
  const { mmPerUnit } = content.markers;
  if (mmPerUnit === null) throw new GaitError('no-unit', 'The file does not say what its lengths are in.');
  const { paths, atOrigin } = seenPaths(content, mmPerUnit);
  const found = detectMarkerSet(new Set(paths.keys()), set ? [set] : undefined);
  const known = withModelNames(paths, found.set);
  const [match, named] = set === null ? [null, { markers: paths, clusters: {} }] : [found, known];
  const up = upByScreen(textsOf(content.groups, 'POINT', 'Y_SCREEN')[0]) ?? upByMarkers(known.markers);
  const turned = (values: Float64Array): Float64Array => turnUp(values, up);
  return {
    rateHz: content.rateHz,
    frames: content.frames,
    firstTimeS: (content.firstFrame - 1) / content.rateHz,
    markers:
      up === '+Z' ? named.markers : new Map([...named.markers].map(([name, path]) => [name, turned(path)])),
    plates: content.forcePlates.map((plate) =>
      turnedPlate(
        {
          ...plateLoads(content, plate),
          cornersMm: plate.corners.map((value) => value * mmPerUnit),
        },
        up,
      ),
    ),
    events: eventsOf(content),
    atOrigin,
    ...(match ? { markerSet: { ...match, clusters: named.clusters } } : {}),
  };
}

/** The paths of all markers that were seen, by their labels without prefix, and those that stood at 0, 0, 0. */
function seenPaths(
  { markers }: C3dContent,
  mmPerUnit: number,
): { readonly paths: Map<string, Path>; readonly atOrigin: string[] } {
  const paths = new Map<string, Path>();
  const atOrigin: string[] = [];
  for (const [index, full] of markers.labels.entries()) {
    const label = full.slice(full.indexOf(':') + 1);
    const { xyz } = trajectoryAt(markers, index);
    const { path, lost } = withoutOrigin(xyz);
    if (lost > 0) atOrigin.push(label);
    // Of two markers with one name the first that was seen is taken.
    if (paths.has(label) || !path.some(Number.isFinite)) continue;
    paths.set(label, mmPerUnit === 1 ? path : path.map((value) => value * mmPerUnit));
  }
  return { paths, atOrigin };
}

function withoutOrigin(xyz: Float64Array): { readonly path: Path; readonly lost: number } {
  let [path, lost] = [xyz, 0];
  for (let n = 0; n < xyz.length; n += 3) {
    if (xyz[n] !== 0 || xyz[n + 1] !== 0 || xyz[n + 2] !== 0) continue;
    if (lost === 0) path = xyz.slice();
    lost++;
    path.fill(Number.NaN, n, n + 3);
  }
  return { path, lost };
}

/** The same paths with the model's names for its markers; a label that only looks like one of them gets a prime. */
function withModelNames(paths: ReadonlyMap<string, Path>, set: MarkerSet) {
  const ours = new Map<string, string>();
  for (const marker of MODEL_MARKERS) {
    const label = labelsOf(set, marker).find((one) => paths.has(one));
    if (label !== undefined) ours.set(label, marker);
  }
  const reserved: ReadonlySet<string> = new Set(MODEL_MARKERS);
  const nameOf = (label: string) => ours.get(label) ?? (reserved.has(label) ? `${label}′` : label);
  const clusters: MarkerClusters = Object.fromEntries(
    Object.entries(set.clusters ?? {}).map(([segment, labels]) => [segment, labels.map(nameOf)]),
  );
  return { markers: new Map([...paths].map(([label, path]) => [nameOf(label), path])), clusters };
}

function turnedPlate(plate: Plate, up: Up): Plate {
  if (up === '+Z') return plate;
  return {
    ...plate,
    forceN: turnUp(plate.forceN, up),
    momentNmm: turnUp(plate.momentNmm, up),
    centreOfPressureMm: turnUp(plate.centreOfPressureMm, up),
    cornersMm: [...turnUp(Float64Array.from(plate.cornersMm), up)],
  };
}

function eventsOf({ events }: C3dContent): VendorEvent[] {
  return events.flatMap((event) => {
    const side = event.context.toLowerCase();
    const kind = event.label.toLowerCase().replaceAll(/[^a-z]/g, '');
    const named = kind === 'footstrike' ? 'foot-strike' : kind === 'footoff' ? 'foot-off' : null;
    return named && (side === 'left' || side === 'right') ? [{ side, kind: named, timeS: event.timeS }] : [];
  });
}
