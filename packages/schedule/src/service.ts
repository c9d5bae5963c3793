import { type Complaint, InvalidServiceError } from './errors.ts';
import { MINUTE_MS } from './instant.ts';

/** So many resources of a kind; `among` narrows the choice to certain ids (the clinician whom the patient asked for). */
export interface Need {
  readonly kind: string;
  readonly count: number;
  readonly among?: readonly string[];
}

/** What a visit takes. All times in minutes, the horizon in days. */
export interface Service {
  readonly durationMin: number;
  /** Time before and after the visit in which its resources must not be busy; it may lie outside opening hours. */
  readonly bufferBeforeMin: number;
  readonly bufferAfterMin: number;
  /** The least time between booking and visit. */
  readonly leadMin: number;
  /** The last date that can be booked lies so many days after today. */
  readonly horizonDays: number;
  /** Starts lie at multiples of this many minutes after local midnight, by the clock on the wall. */
  readonly stepMin: number;
  readonly needs: readonly Need[];
}

/** A visit in milliseconds, as the search uses it. */
export interface Visit {
  readonly durationMs: number;
  readonly beforeMs: number;
  readonly afterMs: number;
}

const DAY_MIN = 24 * 60;
const LIMITS = {
  durationMin: [1, 14 * DAY_MIN],
  bufferBeforeMin: [0, 14 * DAY_MIN],
  bufferAfterMin: [0, 14 * DAY_MIN],
  leadMin: [0, 3660 * DAY_MIN],
  horizonDays: [0, 3660],
  stepMin: [1, DAY_MIN],
} as const;

function fail(complaint: Complaint): never {
  throw new InvalidServiceError(complaint);
}

/** Throws InvalidServiceError unless each need has a kind and asks for at least one resource. */
export function checkNeeds(needs: readonly Need[], field = 'needs'): void {
  needs.forEach(({ kind, count, among }, index) => {
    if (typeof kind !== 'string' || kind === '') {
      fail({ field: `${field}[${index}].kind`, expected: 'the name of a kind', found: kind });
    }
    if (!Number.isSafeInteger(count) || count < 1) {
      fail({ field: `${field}[${index}].count`, expected: 'a whole number from 1 upwards', found: count });
    }
    if (among !== undefined && !Array.isArray(among)) {
      fail({ field: `${field}[${index}].among`, expected: 'a list of ids', found: among });
    }
  });
}

/** Throws InvalidServiceError, naming the field, unless the service can be searched for. */
export function checkService(service: Service): void {
  for (const [field, [least, most]] of Object.entries(LIMITS)) {
    const found = service[field as keyof typeof LIMITS];
    if (!Number.isInteger(found) || found < least || found > most) {
      fail({ field: `service.${field}`, expected: `a whole number from ${least} to ${most}`, found });
    }
  }
  if (service.needs.length === 0) {
    fail({ field: 'service.needs', expected: 'at least one need', found: 'none' });
  }
  checkNeeds(service.needs, 'service.needs');
}

export function visitOf(service: Service): Visit {
  return {
    durationMs: service.durationMin * MINUTE_MS,
    beforeMs: service.bufferBeforeMin * MINUTE_MS,
    afterMs: service.bufferAfterMin * MINUTE_MS,
  };
}
