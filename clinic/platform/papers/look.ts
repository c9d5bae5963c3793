import type { TextStyle } from './typesetter.ts';

/** The colours of the pages, as ink on white paper. */
export const COLOR = {
  ink: '#2d1d26',
  ink2: '#5f4e56',
  ink3: '#73646b',
  accent: '#802455',
  band: '#f9f4ec',
  lineSoft: '#e1d7cd',
  warn: '#7d4a07',
  warnSoft: '#feebc4',
} as const;

/** The sizes of type on a paper. */
export const STYLE = {
  brand: { size: 17, weight: 'strong', color: COLOR.ink },
  brandSmall: { size: 9.5, weight: 'strong', color: COLOR.ink },
  title: { size: 23, weight: 'strong', color: COLOR.ink },
  heading: { size: 11.5, weight: 'strong', color: COLOR.ink },
  text: { size: 9.5, weight: 'text', color: COLOR.ink },
  strong: { size: 9.5, weight: 'strong', color: COLOR.ink },
  total: { size: 10.5, weight: 'strong', color: COLOR.ink },
  sum: { size: 19, weight: 'strong', color: COLOR.ink },
  sub: { size: 8, weight: 'text', color: COLOR.ink2 },
  label: { size: 8, weight: 'strong', color: COLOR.ink2 },
  small: { size: 8, weight: 'text', color: COLOR.ink2 },
  foot: { size: 7.25, weight: 'text', color: COLOR.ink2 },
  footStrong: { size: 7.25, weight: 'strong', color: COLOR.ink2 },
  stamp: { size: 8.5, weight: 'strong', color: COLOR.warn },
} as const satisfies Readonly<Record<string, TextStyle>>;

/** From one baseline to the next. */
export const leading = (style: TextStyle): number => style.size * 1.4;

/** A4 in points, and what stays white around the text. */
export const SHEET = { width: 595.28, height: 841.89, side: 54, top: 46, foot: 30 } as const;
