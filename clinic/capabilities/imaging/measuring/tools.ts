import { abdominal } from './tools/abdominal.ts';
import { angle } from './tools/angle.ts';
import { area } from './tools/area.ts';
import { distance } from './tools/distance.ts';
import { echoIntensity } from './tools/echo-intensity.ts';
import { fascicle } from './tools/fascicle.ts';
import { gap } from './tools/gap.ts';
import { haematoma } from './tools/haematoma.ts';
import { interRecti } from './tools/inter-recti.ts';
import { thickness } from './tools/thickness.ts';
import type { Tool, ToolId } from './tools/tool.ts';

/** Every tool of the rail, in its order. */
export const TOOLS: readonly Tool[] = [
  gap,
  thickness,
  area,
  fascicle,
  distance,
  angle,
  interRecti,
  abdominal,
  haematoma,
  echoIntensity,
];

const BY_ID: ReadonlyMap<string, Tool> = new Map(TOOLS.map((tool) => [tool.id, tool]));

/** The tool of a name, or null where there is none. */
export function toolOf(id: ToolId | string): Tool | null {
  return BY_ID.get(id) ?? null;
}
