/** Reads a time of day as people write it, `8`, `8:30`, `08.30`, `0830`, into `HH:MM`; null when it is none. */
export function parseClock(text: string): string | null {
  const match = /^(\d{1,2})(?:[:.h](\d{2})|)$/.exec(text.trim()) ?? /^(\d{1,2})(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)];
  const exists = (hour < 24 && minute < 60) || (hour === 24 && minute === 0);
  return exists ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null;
}

/** `8:30` for `08:30:00`. */
export function clockInput(time: string): string {
  return time.slice(0, 5).replace(/^0/, '');
}
