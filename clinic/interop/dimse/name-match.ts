import { foldName } from '../../platform/names/fold-name.ts';

/**
 * Whether a person's name fits what was asked for: `*` for any letters, `?` for one. Capitals, accents and the carets
 * between the parts do not matter; a pattern without stars has to fit the whole name, or the family name alone.
 *
 * Source: DICOM PS3.4 sections C.2.2.2.1 and C.2.2.2.4.
 */
export function nameMatcher(pattern: string): (name: { family: string; given: string }) => boolean {
  const parts = pattern.split('=', 1).join('').split('^').map(foldedPattern);
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  const [family = '', ...others] = parts;
  const rest = others.filter(Boolean).join(' ');
  const familyFits = fits(family === '' ? '*' : family);
  const givenFits = rest === '' ? null : fits(rest);
  const wholeFits = fits([family, rest].filter(Boolean).join(' '));
  return (name) => {
    const [own, given] = [foldName(name.family), foldName(name.given)];
    if (givenFits) return familyFits(own) && givenFits(given);
    return familyFits(own) || wholeFits(`${own} ${given}`);
  };
}

/** The pattern's letters folded as names are, its stars and question marks kept. */
function foldedPattern(text: string): string {
  return text
    .split(/([*?]+)/)
    .map((part) => (/^[*?]/.test(part) ? part.replace(/\*+/g, '*') : spacedFold(part)))
    .join('');
}

/** Spaces at the ends belong to the pattern: "de *" asks for a word that ends there. */
function spacedFold(text: string): string {
  const folded = foldName(text);
  return folded && `${/^\s/.test(text) ? ' ' : ''}${folded}${/\s$/.test(text) ? ' ' : ''}`;
}

/** Wildcards without going back further than the last star, so that no pattern takes long. */
function fits(pattern: string): (text: string) => boolean {
  const wanted = [...pattern.trim()];
  return (text) => {
    const letters = [...text];
    let at = 0;
    let star = -1;
    let resume = 0;
    for (let n = 0; n < letters.length; ) {
      if (wanted[at] === '*') {
        star = at++;
        resume = n;
      } else if (wanted[at] === '?' || (at < wanted.length && wanted[at] === letters[n])) {
        at++;
        n++;
      } else if (star >= 0) {
        at = star + 1;
        n = ++resume;
      } else return false;
    }
    return wanted.slice(at).every((one) => one === '*');
  };
}
