import { dateAt } from '@rectus/schedule';
import type { ComponentChildren } from 'preact';
import type { Hold } from '../core/hold.ts';
import { policyText } from '../core/mails.ts';
import type { Terms } from '../core/till.ts';
import { TermsLine } from './terms-line.tsx';
import { clocksDiffer, clockTime, longDate, shortDate, type TimeView, zoneCity } from './times.ts';
import type { Visit } from './visit.ts';

/** Length of the ring's circle, in units of its view box. */
const RING = 176;

/** A time that is kept for the viewer, with what it is, where, with whom and for how much. */
export interface HeldView {
  readonly visit: Visit;
  readonly hold: Pick<Hold, 'start' | 'end' | 'expiresAt' | 'remainingMs'>;
  readonly terms: Terms;
  /** Who will see the person, where the hold says so. */
  readonly with: { readonly name: string; readonly title: string } | null;
  readonly time: TimeView;
  readonly changeNoticeMin: number;
}

/** The card beside a booking: countdown, time in both zones, clinician, price. */
export function HeldCard({ held, children }: { held: HeldView; children?: ComponentChildren }) {
  const { visit, hold, time } = held;
  return (
    <div class="held card stack">
      <HoldClock held={held} />
      <dl class="small">
        <div>
          <dt>{longDate(dateAt(hold.start, time.viewerZone), time.locale)}</dt>
          <dd>
            <SpanInZones start={hold.start} end={hold.end} time={time} />
          </dd>
        </div>
        <div>
          <dt>{visit.service.name}</dt>
          <dd>{visit.site ? `${visit.site.name}, ${visit.site.city}` : 'By video'}</dd>
        </div>
        {held.with && (
          <div>
            <dt>With</dt>
            <dd>
              {held.with.name}
              {held.with.title && `, ${held.with.title.toLowerCase()}`}{' '}
              {!visit.clinician && <span class="soft">(least busy)</span>}
            </dd>
          </div>
        )}
        <div>
          <dt>{held.terms.kind === 'entitled' ? 'Payment' : 'To pay'}</dt>
          <dd>
            <TermsLine terms={held.terms} service={visit.service} locale={time.locale} />
          </dd>
        </div>
      </dl>
      {children}
      <p class="tiny soft">{policyText(held.changeNoticeMin)}</p>
    </div>
  );
}

/** `10:30 to 11:00 Berlin`, and the same span by the place's clock below where that differs. */
export function SpanInZones({ start, end, time }: { start: number; end: number; time: TimeView }) {
  const { viewerZone, placeZone, locale } = time;
  const span = (zone: string) => `${clockTime(start, zone, locale)} to ${clockTime(end, zone, locale)}`;
  const placeDate = dateAt(start, placeZone);
  const otherDay = placeDate !== dateAt(start, viewerZone) ? `${shortDate(placeDate, locale)}, ` : '';
  return (
    <>
      <b>{span(viewerZone)}</b> {zoneCity(viewerZone)}
      {clocksDiffer(time, start) && (
        <span class="soft below">
          {otherDay}
          {span(placeZone)} {zoneCity(placeZone)}
        </span>
      )}
    </>
  );
}

/** The ring and the words beside it. Without a script it says until when; the island makes it run. */
function HoldClock({ held }: { held: HeldView }) {
  const { hold, time } = held;
  const share = Math.min(1, hold.remainingMs / 600_000);
  return (
    <div class="clock" data-hold-remaining={Math.max(0, Math.round(hold.remainingMs))}>
      <svg viewBox="0 0 64 64" aria-hidden="true">
        <circle cx="32" cy="32" r="28" fill="none" stroke="var(--line-soft)" stroke-width="5" />
        <circle
          cx="32"
          cy="32"
          r="28"
          fill="none"
          stroke="var(--accent)"
          stroke-width="5"
          stroke-dasharray={`${(share * RING).toFixed(1)} ${RING}`}
          transform="rotate(-90 32 32)"
          data-hold-ring={RING}
        />
        <path d="M32 4v8" stroke="var(--ink)" stroke-width="2" />
      </svg>
      <p>
        <b data-hold-words>Held for you until {clockTime(hold.expiresAt, time.viewerZone, time.locale)}</b>
        <small class="soft" data-hold-note>
          Nobody else can take it
        </small>
      </p>
      <span class="vh" role="status" data-hold-spoken />
    </div>
  );
}

/** The bar at the thumb: the held time and the next step. */
export function HeldDock({ held, children }: { held: HeldView; children: ComponentChildren }) {
  const { hold, time } = held;
  const day = shortDate(dateAt(hold.start, time.viewerZone), time.locale);
  return (
    <div class="dock narrow">
      <p>
        <b>
          {day}, {clockTime(hold.start, time.viewerZone, time.locale)}
        </b>
        <small class="soft" data-hold-short>
          held until {clockTime(hold.expiresAt, time.viewerZone, time.locale)}
        </small>
      </p>
      {children}
    </div>
  );
}
