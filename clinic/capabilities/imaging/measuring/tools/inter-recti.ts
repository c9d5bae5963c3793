import {
  DETECTABLE_CHANGES,
  type InterRectiCircumstances,
  MeasureRefused,
  measureInterRecti,
  mm,
} from '@rectus/sonography';
import { completeEdges, edgeMarks } from './gap.ts';
import { lineAt } from './places.ts';
import type { Asked, Tool } from './tool.ts';

const SITES = [
  ['xiphoid:0', 'At the xiphoid'],
  ['umbilicus:30', '3 cm above the umbilicus'],
  ['umbilicus:0', 'At the umbilicus'],
  ['umbilicus:-20', '2 cm below the umbilicus'],
] as const;
const BREATHS = [
  ['end-expiration', 'End of breathing out'],
  ['end-inspiration', 'End of breathing in'],
  ['held', 'Breath held'],
  ['free', 'Breathing freely'],
] as const;
const TASKS = [
  ['rest', 'Rest'],
  ['curl-up', 'Curl-up'],
  ['head-lift', 'Head lift'],
  ['drawing-in', 'Drawing in'],
  ['other', 'Another task'],
] as const;

/** How the distance was taken, or null where one of the three is missing. */
export function circumstancesOf({
  site = '',
  breath = '',
  task = '',
}: Asked): InterRectiCircumstances | null {
  const [landmark, from] = site.split(':');
  const known =
    SITES.some(([value]) => value === site) &&
    BREATHS.some(([value]) => value === breath) &&
    TASKS.some(([value]) => value === task);
  if (!known) return null;
  return {
    site: {
      landmark: landmark as InterRectiCircumstances['site']['landmark'],
      fromLandmarkMm: mm(Number(from)),
    },
    breath: breath as InterRectiCircumstances['breath'],
    task: task as InterRectiCircumstances['task'],
  };
}

/** The three in words: "3 cm above the umbilicus, end of breathing out, curl-up". */
export function circumstanceWords({ site, breath, task }: Asked): string {
  const words = (list: readonly (readonly [string, string])[], value: string | undefined) =>
    list.find(([one]) => one === value)?.[1] ?? '';
  const rest = [words(BREATHS, breath), words(TASKS, task)].map((one) => one.toLowerCase());
  return [words(SITES, site), ...rest].filter(Boolean).join(', ');
}

/** The distance between the inner borders of both recti. */
export const interRecti: Tool = {
  id: 'inter-recti',
  name: 'Inter-recti',
  key: 'i',
  steps: [
    'Set the inner border of the left rectus in the picture.',
    'Set the inner border of the other rectus.',
  ],
  least: 2,
  most: 4,
  primary: 2,
  drawn: 'pairs',
  follow: 'points',
  quantities: [
    {
      code: 'us.inter-recti',
      label: 'Inter-recti distance',
      unit: 'mm',
      power: 1,
      detectable: DETECTABLE_CHANGES.interRectiDistance,
    },
  ],
  asks: [
    { name: 'site', label: 'Site', required: true, options: SITES },
    { name: 'breath', label: 'Breath', required: true, options: BREATHS },
    { name: 'task', label: 'Task', required: true, options: TASKS },
  ],
  repeats: 'averaged',
  complete: completeEdges,
  marks: edgeMarks,
  measure: ({ regions, places, asked }) => {
    const circumstances = circumstancesOf(asked);
    if (!circumstances)
      throw new MeasureRefused(
        'degenerate',
        'Site, breath and task must be said: without them no two distances compare.',
      );
    return [measureInterRecti(regions, lineAt(places, 0), circumstances).distance];
  },
};
