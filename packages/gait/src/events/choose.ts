import type { GaitEvent, GaitEvents } from './event.ts';
import { EVENT_SOURCES, type EventKind, type EventSource } from './event.ts';

/** Candidates of one foot and kind that are nearer than this mean the same moment, in seconds. */
const SAME_S = 0.2;
/** How near a second kinematic method must be to bear a first one out, in seconds. */
const AGREES_S = 0.06;

/** Which kinematic method is taken first: strikes by the heel's braking, foot offs by Zeni (see `kinematic-bias.ts`). */
const KINEMATIC: Readonly<Record<EventKind, readonly EventSource[]>> = {
  'foot-strike': ['heel-braking', 'zeni', 'foot-velocity'],
  'foot-off': ['zeni', 'foot-velocity'],
};

/**
 * One event for each moment out of all candidates; nothing is thrown away. A plate that saw the whole step goes before
 * kinematics, and what the recording's own program or operator marked goes before both. Where the recording has events
 * of its own, moments before the first and after the last of them stay candidates: the operator left them out.
 *
 * The velocity of the foot alone makes no event, because it has a second peak late in the swing: it bears out the others.
 */
export function chooseEvents(candidates: readonly GaitEvent[]): GaitEvents {
  const ordered = candidates.toSorted((a, b) => a.timeS - b.timeS);
  const own = ordered.filter(({ source }) => source === 'vendor');
  const [from, to] = [
    own[0]?.timeS ?? Number.NEGATIVE_INFINITY,
    own.at(-1)?.timeS ?? Number.POSITIVE_INFINITY,
  ];
  const chosen = moments(ordered)
    .flatMap((moment) => bestOf(moment) ?? [])
    .filter(({ timeS, source }) => source === 'vendor' || (timeS >= from && timeS <= to));
  return { chosen: chosen.toSorted((a, b) => a.timeS - b.timeS), candidates: ordered };
}

/** Candidates of the same foot and kind around one moment: each goes to the nearest trusted event, in order of trust. */
function moments(ordered: readonly GaitEvent[]): GaitEvent[][] {
  const groups: GaitEvent[][] = [];
  const trusted = ordered.toSorted((a, b) => rank(a) - rank(b));
  for (const event of trusted) {
    const near = groups.filter(([first]) => first && isSame(first, event));
    const nearest = near.toSorted((a, b) => distance(a, event) - distance(b, event))[0];
    if (nearest) nearest.push(event);
    else groups.push([event]);
  }
  return groups;
}

/** Usable ones first; kinematic strikes are gathered about Zeni's, which finds steps most surely. */
function rank({ source, usable }: GaitEvent): number {
  if (!usable) return 2;
  const order: readonly EventSource[] = ['vendor', 'force-plate', 'zeni', 'heel-braking', 'foot-velocity'];
  return order.indexOf(source) / EVENT_SOURCES.length;
}

function isSame(a: GaitEvent, b: GaitEvent): boolean {
  return a.side === b.side && a.kind === b.kind && Math.abs(a.timeS - b.timeS) < SAME_S;
}

function distance(group: readonly GaitEvent[], event: GaitEvent): number {
  return Math.abs((group[0] as GaitEvent).timeS - event.timeS);
}

function bestOf(moment: readonly GaitEvent[]): GaitEvent | null {
  const usable = moment.filter((event) => event.usable);
  const sure = ['vendor', 'force-plate'].flatMap(
    (source) => usable.find((event) => event.source === source) ?? [],
  );
  return sure[0] ?? bestKinematic(usable);
}

/** The preferred method where another bears it out, else Zeni's, with less confidence. */
function bestKinematic(usable: readonly GaitEvent[]): GaitEvent | null {
  const zeni = usable.find(({ source }) => source === 'zeni');
  if (!zeni) return null;
  const others = KINEMATIC[zeni.kind].flatMap(
    (source) => usable.find((event) => event.source === source) ?? [],
  );
  const preferred = others.find((event) =>
    others.some((other) => other !== event && Math.abs(other.timeS - event.timeS) < AGREES_S),
  );
  return preferred
    ? { ...preferred, confidence: 'medium' }
    : { ...zeni, confidence: 'low', why: `${zeni.why}; no second method bears it out` };
}
