import type { Recording, WalkingDirection } from '@rectus/gait';

type Turn = (x: number, y: number, z: number) => readonly [number, number, number];

/**
 * From the lab, z upwards, to OpenSim: x where the person walks, y upwards, z to the person's right.
 */
function turnOf({ direction: [dx, dy] }: WalkingDirection): Turn {
  // Adding zero keeps a minus away from zeros.
  return (x, y, z) => [x * dx + y * dy + 0, z, x * dy - y * dx + 0];
}

/** What the axes of a file are, in words for its head. */
export function axesInWords({ direction, from }: WalkingDirection): string {
  const [x = 0, y = 0] = direction.map((one) => Number(one.toFixed(4)) + 0);
  return `x along the walk (${x}, ${y}, 0 of the lab with z up, from ${from}), y up, z to the right`;
}

const shown = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits) : '';

/**
 * Marker paths as an OpenSim marker file (.trc), in millimetres, x along the walk and y upwards; lost markers are empty.
 * Source: OpenSim documentation, "Marker (.trc) Files".
 */
export function trcOf(recording: Recording, name: string, walked: WalkingDirection): string {
  const { rateHz, frames, firstTimeS, markers } = recording;
  const turned = turnOf(walked);
  const names = [...markers.keys()];
  const lines = [
    `PathFileType\t4\t(X/Y/Z)\t${name}`,
    'DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames',
    [rateHz, rateHz, frames, names.length, 'mm', rateHz, 1, frames].join('\t'),
    `Frame#\tTime\t${names.map((one) => `${one}\t\t`).join('\t')}`,
    `\t\t${names.map((_, n) => `X${n + 1}\tY${n + 1}\tZ${n + 1}`).join('\t')}`,
    '',
  ];
  for (let frame = 0; frame < frames; frame++) {
    const places = [...markers.values()].flatMap((path) => {
      const [x, y, z] = [path[3 * frame], path[3 * frame + 1], path[3 * frame + 2]].map(
        (one) => one ?? Number.NaN,
      );
      return turned(x as number, y as number, z as number).map((one) => shown(one, 4));
    });
    lines.push([frame + 1, (firstTimeS + frame / rateHz).toFixed(5), ...places].join('\t'));
  }
  return `${lines.join('\n')}\n`;
}

/**
 * The floor on the body as an OpenSim storage file (.mot): force in newtons, centre of pressure in metres and the free
 * moment in newton metres of each plate, in the same axes as the markers; zeros while a plate is not loaded.
 * Source: OpenSim documentation, "Storage (.sto) and Motion (.mot) Files".
 */
export function motOf(recording: Recording, name: string, walked: WalkingDirection): string {
  const { plates, firstTimeS } = recording;
  const turned = turnOf(walked);
  const [samples, rateHz] = [plates[0]?.samples ?? 0, plates[0]?.rateHz ?? 1];
  const columns = plates.flatMap((_, index) => {
    const n = index + 1;
    return [
      ...['vx', 'vy', 'vz', 'px', 'py', 'pz'].map((axis) => `ground_force_${n}_${axis}`),
      ...['x', 'y', 'z'].map((axis) => `ground_torque_${n}_${axis}`),
    ];
  });
  const lines = [
    name,
    'version=1',
    `nRows=${samples}`,
    `nColumns=${columns.length + 1}`,
    'inDegrees=yes',
    '',
    'Units are S.I. units (second, meters, Newtons, ...)',
    `Axes: ${axesInWords(walked)}. Forces of the plates on the body; p is the centre of pressure.`,
    'endheader',
    ['time', ...columns].join('\t'),
  ];
  for (let sample = 0; sample < samples; sample++) {
    const row = plates.flatMap(({ forceN, centreOfPressureMm, freeMomentNmm }) => {
      const three = (values: Float64Array, scale: number) =>
        turned(
          (values[3 * sample] ?? 0) * scale,
          (values[3 * sample + 1] ?? 0) * scale,
          (values[3 * sample + 2] ?? 0) * scale,
        );
      const loaded = Number.isFinite(centreOfPressureMm[3 * sample]);
      const none = [0, 0, 0] as const;
      return [
        ...(loaded ? three(forceN, 1) : none),
        ...(loaded ? three(centreOfPressureMm, 1e-3) : none),
        ...[0, loaded ? (freeMomentNmm[sample] ?? 0) * 1e-3 : 0, 0],
      ];
    });
    lines.push(
      [(firstTimeS + sample / rateHz).toFixed(6), ...row.map((value) => shown(value, 6))].join('\t'),
    );
  }
  return `${lines.join('\n')}\n`;
}
