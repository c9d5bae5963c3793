/** Letters that Unicode does not take apart, as people without them on the keyboard write them. */
const SPELT: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
};

/**
 * A name as it is searched for: lower case, no accents, words of letters and digits with single spaces between.
 * "Núñez-O’Brien" becomes "nunez obrien". Scripts without case or accents stay as they are.
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{Mn}'’ʼ`´]/gu, '')
    .replace(/[ßæœøđðþłħı]/g, (letter) => SPELT[letter] ?? letter)
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{Mc}]+/gu, ' ')
    .trim();
}
