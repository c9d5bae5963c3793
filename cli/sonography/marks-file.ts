import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Mark, type Marks, type PointPx, px, SonographyError } from '@rectus/sonography';

/** Marks with their names, and the frame in which they were made. */
export interface NamedMarks {
  readonly frame: number;
  readonly marks: Required<Marks>;
  readonly names: { readonly points: string[]; readonly lines: string[]; readonly regions: string[] };
}

/**
 * Reads marks from a JSON file: `{"frame": 0, "points": [{"name": "end", "x": 310, "y": 166, "tissue": [250, 166]}],
 * "lines": [{"name": "fascicle", "vertices": [[90, 294], [550, 163]]}], "regions": […]}`; a bare list is points.
 * @throws SonographyError bad-argument, with what is wrong and where
 */
export function readMarks(path: string): NamedMarks {
  const name = basename(path);
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong(`${name} is not JSON: ${error.message}`);
    throw error;
  }
  const all = Array.isArray(given) ? { points: given } : recordOf(given, name);
  const points = listOf(all.points, `${name}: points`);
  const lines = listOf(all.lines, `${name}: lines`);
  const regions = listOf(all.regions, `${name}: regions`);
  return {
    frame: all.frame === undefined ? 0 : numberOf(all.frame, `${name}: frame`),
    marks: {
      points: points.map((one, n) => markOf(one, `${name}: point ${n + 1}`)),
      lines: lines.map((one, n) => verticesOf(one, `${name}: line ${n + 1}`)),
      regions: regions.map((one, n) => verticesOf(one, `${name}: region ${n + 1}`)),
    },
    names: {
      points: points.map((one, n) => nameOf(one, `point ${n + 1}`)),
      lines: lines.map((one, n) => nameOf(one, `line ${n + 1}`)),
      regions: regions.map((one, n) => nameOf(one, `region ${n + 1}`)),
    },
  };
}

function markOf(given: unknown, where: string): Mark {
  const at = pointOf(given, where);
  const { tissue } = Array.isArray(given) ? {} : recordOf(given, where);
  return tissue === undefined ? at : { ...at, tissue: pointOf(tissue, `${where}, tissue`) };
}

function verticesOf(given: unknown, where: string): PointPx[] {
  const vertices = Array.isArray(given) ? given : recordOf(given, where).vertices;
  return listOf(vertices, `${where}, vertices`).map((one) => pointOf(one, where));
}

/** [x, y] or {"x": …, "y": …}. */
function pointOf(given: unknown, where: string): PointPx {
  const { x, y } = Array.isArray(given) ? { x: given[0], y: given[1] } : recordOf(given, where);
  return { x: px(numberOf(x, `${where}, x`)), y: px(numberOf(y, `${where}, y`)) };
}

function nameOf(given: unknown, otherwise: string): string {
  const name = typeof given === 'object' && given !== null && 'name' in given ? given.name : undefined;
  return typeof name === 'string' ? name : otherwise;
}

function recordOf(given: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null) throw wrong(`${where} is not an object.`);
  return given as Record<string, unknown>;
}

function listOf(given: unknown, where: string): readonly unknown[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw wrong(`${where} is not a list.`);
  return given;
}

function numberOf(given: unknown, where: string): number {
  if (typeof given !== 'number' || !Number.isFinite(given)) throw wrong(`${where} is not a number.`);
  return given;
}

function wrong(message: string): SonographyError {
  return new SonographyError('bad-argument', message);
}
