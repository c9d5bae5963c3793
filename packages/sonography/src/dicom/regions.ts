import { type Region, type RegionRefusal, unscaledRegion } from '../clip.ts';
import type { Scale } from '../scale.ts';
import { type DataSet, doubleOf, longOf, shortOf } from './data-set.ts';
import { TAG } from './tags.ts';
import type { ReadWarning } from './warnings.ts';

/** PS3.3 C.8.5.5.1.15: the unit code of centimetres. */
const CENTIMETRES = 3;
const MM_PER_CM = 10;
/** Pixels finer or coarser than this, in mm, belong to no ultrasound picture of a body. */
const FINEST_MM = 0.0005;
const COARSEST_MM = 2;
/** Machines give the scale of their pixels to three or four figures. */
const CALIBRATION_ERROR = 0.001;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The regions of an ultrasound picture, each with its scale or the reason why nothing may be measured in it. A file
 * without regions has one, the whole picture, without a scale.
 *
 * Source: DICOM PS3.3 C.8.5.5, ultrasound region calibration.
 */
export function readRegions(data: DataSet, size: Size, warnings: ReadWarning[]): readonly Region[] {
  const items = data.elements[TAG.regions]?.items ?? [];
  const sets = items.flatMap(({ dataSet }) => dataSet ?? []);
  if (sets.length > 0) return sets.map((set) => readRegion(set, size, warnings));
  const message = data.elements[TAG.pixelSpacing]
    ? 'The file gives one pixel spacing for the whole picture, which says nothing sure about the tissue in it. Set the scale on a known distance.'
    : 'The file gives no scale. Set it on a known distance.';
  return [unscaledRegion(size, message)];
}

function readRegion(set: DataSet, size: Size, warnings: ReadWarning[]): Region {
  const stored = {
    left: longOf(set, TAG.minX) ?? 0,
    top: longOf(set, TAG.minY) ?? 0,
    right: longOf(set, TAG.maxX) ?? 0,
    bottom: longOf(set, TAG.maxY) ?? 0,
  };
  const kind = kindOf(shortOf(set, TAG.spatialFormat), shortOf(set, TAG.dataType));
  const bounds = {
    left: clamp(stored.left, size.width),
    top: clamp(stored.top, size.height),
    right: clamp(stored.right, size.width),
    bottom: clamp(stored.bottom, size.height),
  };
  const scale = scaleOf(set);
  const refusal = whyNot(set, { stored, size, kind, scale });
  if (!refusal && (stored.right >= size.width || stored.bottom >= size.height))
    warnings.push({
      code: 'region-clamped',
      message: 'A region ends on the pixel after the last: the file counts its bounds from outside.',
    });
  return { ...bounds, kind, scale: refusal ? null : scale, refusal };
}

function clamp(value: number, length: number): number {
  return Math.min(Math.max(value, 0), length - 1);
}

/** PS3.3 C.8.5.5.1.1 and C.8.5.5.1.2. */
function kindOf(format: number | undefined, type: number | undefined): Region['kind'] {
  if (format === 1 && type === 1) return 'tissue';
  if (format === 1 && type === 2) return 'colour-flow';
  if (format === 2) return 'm-mode';
  if (format === 3) return 'spectral';
  return 'other';
}

/** The scale as it is stored. Its signs say which way an axis points; lengths have none. */
function scaleOf(set: DataSet): Scale {
  return {
    lateral: Math.abs(doubleOf(set, TAG.deltaX) ?? Number.NaN) * MM_PER_CM,
    axial: Math.abs(doubleOf(set, TAG.deltaY) ?? Number.NaN) * MM_PER_CM,
    relativeError: CALIBRATION_ERROR,
  };
}

interface Claim {
  readonly stored: Pick<Region, 'left' | 'top' | 'right' | 'bottom'>;
  readonly size: Size;
  readonly kind: Region['kind'];
  readonly scale: Scale;
}

function whyNot(set: DataSet, { stored, size, kind, scale }: Claim): RegionRefusal | null {
  const units = [shortOf(set, TAG.unitsX), shortOf(set, TAG.unitsY)];
  if (kind === 'm-mode' || kind === 'spectral' || kind === 'other')
    return { code: 'not-tissue', message: 'This part of the picture is not a picture of tissue.' };
  if (stored.right <= stored.left || stored.bottom <= stored.top)
    return { code: 'empty', message: 'The region has no extent.' };
  if (stored.right > size.width || stored.bottom > size.height)
    return {
      code: 'outside-image',
      message: `The region reaches to ${stored.right}, ${stored.bottom}, but the picture is ${size.width} × ${size.height}: it was made smaller without its scale.`,
    };
  if (units.some((unit) => unit !== CENTIMETRES))
    return { code: 'other-unit', message: 'The region is not measured in centimetres.' };
  if (!(scale.lateral > 0 && scale.axial > 0))
    return { code: 'zero-scale', message: 'The file says that a pixel spans nothing.' };
  if (![scale.lateral, scale.axial].every((value) => value >= FINEST_MM && value <= COARSEST_MM))
    return {
      code: 'implausible-scale',
      message: `The file says that a pixel spans ${scale.lateral.toPrecision(3)} × ${scale.axial.toPrecision(3)} mm, which no machine does.`,
    };
  return null;
}
