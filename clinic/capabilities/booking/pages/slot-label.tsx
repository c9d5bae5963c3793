import { dateAt } from '@rectus/schedule';
import { clockTime, longDate, placeTime, shortDate, type TimeView, zoneCity } from './times.ts';

/** A free time as it stands in a slot: its day, the time by the viewer's clock, and the place's where that differs. */
export function SlotLabel({ start, time }: { start: number; time: TimeView }) {
  const place = placeTime(time, start);
  return (
    <>
      <small>{shortDate(dateAt(start, time.viewerZone), time.locale)}</small>
      <span>{clockTime(start, time.viewerZone, time.locale)}</span>
      {place && <small>{place}</small>}
    </>
  );
}

/** The same in a sentence: `Wednesday 25 November, 9:00`, with the city of the clock where two differ. */
export function slotWords(start: number, time: TimeView): string {
  const words = `${longDate(dateAt(start, time.viewerZone), time.locale)}, ${clockTime(start, time.viewerZone, time.locale)}`;
  return placeTime(time, start) ? `${words} ${zoneCity(time.viewerZone)}` : words;
}
