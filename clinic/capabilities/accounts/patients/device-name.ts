const DEVICES = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android phone'],
  [/Macintosh/, 'Mac'],
  [/Windows/, 'Windows computer'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux computer'],
] as const;

/** A first name for a passkey, by what the browser says of itself; its person can change it. */
export function deviceName(userAgent: string | undefined): string {
  return DEVICES.find(([mark]) => mark.test(userAgent ?? ''))?.[1] ?? 'This device';
}
