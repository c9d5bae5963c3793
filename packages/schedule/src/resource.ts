import { InvalidResourceError } from './errors.ts';
import { checkSpan, type Span } from './instant.ts';
import { type Exception, openSpans, type WeeklyRule } from './opening.ts';
import { normalise } from './spans.ts';

/** A clinician, a room or a device: all equal to the scheduler. */
export interface Resource {
  readonly id: string;
  readonly kinds: readonly string[];
  readonly rules: readonly WeeklyRule[];
  readonly exceptions: readonly Exception[];
  /** What the resource is claimed for already, its buffers included. In any order; overlaps do no harm. */
  readonly busy: readonly Span[];
}

/** A resource whose opening hours have been worked out, so that they can be kept between searches. */
export interface OpenResource {
  readonly id: string;
  readonly kinds: readonly string[];
  /** Sorted and disjoint, as `openSpans` returns them. */
  readonly open: readonly Span[];
  readonly busy: readonly Span[];
}

/** Throws InvalidResourceError where two share an id or one has none. */
export function checkIds(resources: readonly { readonly id: string }[], field = 'resources'): void {
  const seen = new Set<string>();
  resources.forEach(({ id }, index) => {
    if (typeof id !== 'string' || id === '' || seen.has(id)) {
      throw new InvalidResourceError({
        field: `${field}[${index}].id`,
        expected: 'an id of its own',
        found: id,
      });
    }
    seen.add(id);
  });
}

/** Works out the opening hours of each resource inside `within`. Throws as `openSpans` does. */
export function openResources(resources: readonly Resource[], within: Span): OpenResource[] {
  return resources.map(({ id, kinds, rules, exceptions, busy }) => {
    return { id, kinds, open: openSpans(rules, exceptions, within), busy };
  });
}

/**
 * The busy spans in an order in which both starts and ends ascend, none of them empty.
 * Throws InvalidSpanError, InvalidInstantError.
 */
export function busySpans({ id, busy }: { id: string; busy: readonly Span[] }): readonly Span[] {
  let inOrder = true;
  let previous: Span | undefined;
  for (const span of busy) {
    if (!(span.end >= span.start)) checkSpan(span, `busy span of ${id}`);
    if (span.end === span.start) inOrder = false;
    if (previous !== undefined && (span.start < previous.start || span.end < previous.end)) inOrder = false;
    previous = span;
  }
  return inOrder ? busy : normalise(busy);
}
