/** An instant (epoch ms) as a DATE-TIME in UTC, `20260329T010000Z` (RFC 5545, section 3.3.5). */
export function utcDateTime(instant: number): string {
  return `${localDateTime(instant, 0)}Z`;
}

/** An instant (epoch ms) as the DATE-TIME shown by clocks that are `offset` ms ahead of UTC. */
export function localDateTime(instant: number, offset: number): string {
  return new Date(instant + offset).toISOString().slice(0, 19).replace(/[-:]/g, '');
}

/** An offset (ms east of UTC) as a UTC-OFFSET, `+0545`; seconds are written only where there are any. */
export function utcOffset(offset: number): string {
  const total = Math.abs(offset) / 1000;
  const [hours, minutes, seconds] = [total / 3600, (total / 60) % 60, total % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  return `${offset < 0 ? '-' : '+'}${hours}${minutes}${seconds === '00' ? '' : seconds}`;
}
