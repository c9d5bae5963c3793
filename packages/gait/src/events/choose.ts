import { EVENT_SOURCES, type EventKind, type EventSource, type GaitEvent, type GaitEvents } from './event.ts';

/** Candidates of one foot and kind that are nearer than this mean the same moment, in seconds. */
const SAME_S = 0.2;
/** How near a second kinematic method must be to bear a first one out, in seconds. */
const AGREES_S = 0.06;
/** And to be about the same moment at all: what Zeni's method finds moves with the speed of walking. */
const NEAR_S = 0.12;

/**
 * Which kinematic method is taken first. Zeni's finds the steps most surely, but in simulated walks of 60 to 130 steps a
 * minute its strikes move by 90 ms and its foot offs by 20; these two stay within 15 ms.
 */
const PREFERRED: Readonly<Record<EventKind, EventSource>> = {
  'foot-strike': 'heel-braking',
  'foot-off': 'foot-velocity',
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

/** Zeni's event, told by the preferred method where that is near; a second method far from it lowers the confidence. */
function bestKinematic(usable: readonly GaitEvent[]): GaitEvent | null {
  const zeni = usable.find(({ source }) => source === 'zeni');
  if (!zeni) return null;
  const others = usable.filter((event) => event !== zeni);
  const preferred = others.find(
    ({ source, timeS }) => source === PREFERRED[zeni.kind] && Math.abs(timeS - zeni.timeS) < NEAR_S,
  );
  const best = preferred ?? zeni;
  const isBorneOut = usable.some((other) => other !== best && Math.abs(other.timeS - best.timeS) < AGREES_S);
  return isBorneOut
    ? { ...best, confidence: 'medium' }
    : { ...best, confidence: 'low', why: `${best.why}; no second method bears it out` };
}
