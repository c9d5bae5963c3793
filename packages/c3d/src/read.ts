import { openBudget } from './budget.ts';
import type { C3dFile } from './content.ts';
import { readEvents } from './events.ts';
import { readForcePlates } from './force-plates.ts';
import { forEachFrameBlock } from './frame-blocks.ts';
import { readHeader } from './header.ts';
import { settleLayout } from './layout.ts';
import { withNamesPutRight } from './misspelt.ts';
import { analogReader } from './read-analog.ts';
import { readParameters } from './read-parameters.ts';
import { pointReader } from './read-points.ts';
import { readRotations } from './rotations.ts';
import { warningList } from './warnings.ts';

/**
 * Reads a C3D file of any processor and storage form. What other programs write against the standard is read where its
 * meaning is clear, and told in `warnings`; what cannot be trusted is refused. Nothing of the result refers to `bytes`.
 * Memory stays below `allocationLimit(bytes.length)`, whatever the header declares.
 * @throws C3dError with byte, group and parameter
 */
export function readC3d(bytes: Uint8Array): C3dFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const budget = openBudget(bytes.length);
  const { warn, warnings } = warningList(budget);
  const header = readHeader(bytes, view);
  const { processor } = header;
  const { groups } = readParameters({ bytes, view, processor, budget, warn }, header);
  const named = withNamesPutRight(groups, warn);
  const layout = settleLayout({ header, groups: named, fileBytes: bytes.length, warn });
  const { rateHz, frames, firstFrame, scale, storage } = layout;
  const pointsOnTheWay = pointReader(layout, named, budget, warn);
  const analogOnTheWay = analogReader(layout, named, budget, warn);
  forEachFrameBlock(bytes, layout, (numbers, first, count) => {
    pointsOnTheWay.take(numbers, first, count);
    analogOnTheWay.take(numbers, first, count);
  });
  const analog = analogOnTheWay.finish();
  return {
    processor,
    storage,
    rateHz,
    firstFrame,
    frames,
    scale,
    ...pointsOnTheWay.finish(),
    analog,
    events: readEvents(header, named, warn),
    forcePlates: readForcePlates(named, analog.labels.length, warn),
    rotations: readRotations({ view, processor, groups: named, rateHz, frames, budget, warn }),
    groups,
    warnings,
  };
}
