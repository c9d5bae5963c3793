import { foldName } from './fold-name.ts';

/** The sound of each word of a name, with single spaces between: what `patient.sound_name` holds. */
export function soundName(givenName: string, familyName: string): string {
  return [...new Set(soundKeys(`${familyName} ${givenName}`))].join(' ');
}

/** The keys of the words of a name. Words without a sound in Latin letters are left out. */
export function soundKeys(name: string): readonly string[] {
  return foldName(keepCedilla(name))
    .split(' ')
    .map(soundKey)
    .filter((key) => key !== '');
}

/**
 * How a word sounds, as digits: Cologne phonetics (H. J. Postel, "Die Kölner Phonetik", IBM-Nachrichten 19, 1969),
 * after spellings from other European languages have been brought to the letters which it knows. It is chosen over
 * Soundex because the first letter is coded by its sound too (Philips, Filips; Carl, Karl; Tchaikovsky apart), and
 * over Double Metaphone because that one knows English first and needs hundreds of rules. Vowels count only at the
 * beginning, so what is misheard most on the telephone makes no difference: vowels, b and p, d and t, f and v, k
 * and g, s and z, single and double letters.
 */
export function soundKey(word: string): string {
  const letters = respell(foldName(keepCedilla(word))).replace(/[^a-z]/g, '');
  let codes = '';
  for (let at = 0; at < letters.length; at++) codes += codeOf(letters, at);
  const single = codes.replace(/(.)\1+/g, '$1');
  return single.slice(0, 1) + single.slice(1).replaceAll('0', '');
}

/** A cedilla says "s", and folding would lose it. */
function keepCedilla(name: string): string {
  return name.normalize('NFC').replace(/ç/gi, 's');
}

function respell(word: string): string {
  return word
    .replace(/^(?:kn|gn|wr|ps)/, (pair) => pair.slice(1))
    .replace(/sch|tsch|sh|sz|cz|tch/g, 's')
    .replace(/dg(?=e)/g, 'g')
    .replace(/lh/g, 'l')
    .replace(/[ng]h(?!t)/g, (pair) => pair.charAt(0))
    .replace(/gh(?=t)/g, '')
    .replace(/j$|y/g, 'i');
}

const PLAIN: Readonly<Record<string, string>> = {
  a: '0',
  e: '0',
  i: '0',
  j: '0',
  o: '0',
  u: '0',
  h: '',
  b: '1',
  f: '3',
  v: '3',
  w: '3',
  g: '4',
  k: '4',
  q: '4',
  l: '5',
  m: '6',
  n: '6',
  r: '7',
  s: '8',
  z: '8',
};

function codeOf(letters: string, at: number): string {
  const letter = letters.charAt(at);
  const before = letters.charAt(at - 1);
  const after = letters.charAt(at + 1);
  switch (letter) {
    case 'p':
      return after === 'h' ? '3' : '1';
    case 'd':
    case 't':
      return /[csz]/.test(after) ? '8' : '2';
    case 'c':
      return cCode(before, after, at === 0);
    case 'x':
      return /[ckq]/.test(before) ? '8' : '48';
    default:
      return PLAIN[letter] ?? '';
  }
}

function cCode(before: string, after: string, first: boolean): string {
  if (/[ei]/.test(after)) return '8';
  if (first) return /[ahkloqrux]/.test(after) ? '4' : '8';
  return /[sz]/.test(before) || !/[ahkoqux]/.test(after) ? '8' : '4';
}
