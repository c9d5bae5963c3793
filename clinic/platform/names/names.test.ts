import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from './edit-distance.ts';
import { foldName } from './fold-name.ts';
import { soundKey, soundName } from './sound-key.ts';

describe('a folded name', () => {
  it.each([
    ['Núñez-O’Brien', 'nunez obrien'],
    ['  JØRGEN   Łukasz ', 'jorgen lukasz'],
    ['Straße', 'strasse'],
    ['Ακρίτας', 'ακριτας'],
    ['山田 太郎', '山田 太郎'],
    ['%_\\', ''],
  ])('%s is searched for as "%s"', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  it('stays the same when it is folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => foldName(foldName(name)) === foldName(name)),
    );
  });
});

describe('the sound of a name', () => {
  it.each([
    ['Meyer', 'Maier'],
    ['Schmidt', 'Schmitt'],
    ['Philip', 'Filipp'],
    ['Catherine', 'Katrin'],
    ['Gonçalves', 'Gonsalves'],
    ['Duarte', 'Duarti'],
    ['Knight', 'Nite'],
    ['Janssen', 'Jansen'],
    ['Carvalho', 'Karvalo'],
    ['Becker', 'Bäker'],
    ['Stephens', 'Stevens'],
    ['Nguyen', 'Nguen'],
    ['Muñoz', 'Munyoz'],
  ])('%s sounds like %s', (one, other) => {
    expect(soundKey(one)).toBe(soundKey(other));
    expect(soundKey(one)).not.toBe('');
  });

  it.each([
    ['Müller', 'Möbius'],
    ['Ana', 'Eva'],
    ['Duarte', 'Oduya'],
    ['Costa', 'Coelho'],
  ])('%s does not sound like %s', (one, other) => {
    expect(soundKey(one)).not.toBe(soundKey(other));
  });

  it('is kept for every word of the name, and never throws', () => {
    expect(soundName('Anna Maria', 'Schmidt')).toBe(
      `${soundKey('schmidt')} ${soundKey('anna')} ${soundKey('maria')}`,
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => /^[0-9 ]*$/.test(soundName(name, name))));
  });
});

describe('the distance between two words', () => {
  it.each([
    ['duarte', 'duarte', 0],
    ['duarte', 'duatre', 1],
    ['duarte', 'duart', 1],
    ['miller', 'muller', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('between %s and %s is %i', (one, other, distance) => {
    expect(editDistance(one, other)).toBe(distance);
  });

  it('is the same both ways, and stops where it was told to', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(5), (one, other, most) => {
        const whole = editDistance(one, other);
        expect(editDistance(other, one)).toBe(whole);
        expect(editDistance(one, other, most)).toBe(Math.min(whole, most + 1));
      }),
    );
  });
});
