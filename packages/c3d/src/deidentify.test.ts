import { describe, expect, it } from 'vitest';
import { deidentify } from './deidentify.ts';
import { newContent } from './new-content.ts';
import { findParameter, textsOf } from './parameters.ts';
import { readC3d } from './read.ts';
import { forms } from './testing/arbitrary.ts';
import { group } from './testing/raw-file.ts';
import { type WriteOptions, writeC3d } from './write.ts';
import { integerParameter, realParameter, textParameter } from './write-parameters.ts';

const NAME = 'Ana Sousa';

/** A walk of somebody whose name and birthday stand in several places; made up like all people here. */
function walkOfAna(options: WriteOptions = {}): Uint8Array {
  const values = Float64Array.of(1, 2, 3, 4, 5, 6);
  const event = {
    source: 'event-group',
    label: 'Foot Strike',
    context: 'Left',
    subject: NAME,
    description: 'Sousa stumbles, ana. Strike is whole',
    timeS: 0.5,
    displayed: true,
    iconId: 1,
    genericFlag: 0,
  } as const;
  const subject = group(10, 'SUBJECT', [
    textParameter('NAME', [NAME], []),
    textParameter('DATE_OF_BIRTH', ['14/07/1990'], []),
    textParameter('Address', ['Rua da Saudade 12'], []),
    textParameter('GENDER', ['f'], []),
    integerParameter('NUMBER', [4711], []),
    realParameter('WEIGHT', [61], []),
  ]);
  const groups = [
    group(9, 'SUBJECTS', [
      integerParameter('USED', [1], []),
      textParameter('NAMES', [NAME]),
      textParameter('LABEL_PREFIXES', [`${NAME}:`]),
      textParameter('MARKER_SETS', ['PlugInGait']),
    ]),
    { ...subject, description: 'from the file sousa_1990.ant' },
    group(11, 'TRIAL', [
      textParameter('NOTES', ['walks after the birth'], []),
      textParameter('DATE', ['2026-07-14'], []),
    ]),
    group(12, 'PROCESSING', [realParameter('LLegLength', [940])]),
    group(13, 'MANUFACTURER', [textParameter('COMPANY', ['Vicon'], [])]),
  ];
  const labels = [`${NAME}:LASI`, `${NAME}:RASI`];
  return writeC3d(
    newContent({ rateHz: 100, frames: 1, markers: { labels, values }, events: [event], groups }),
    options,
  );
}

const textOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

describe('a file from which the person is taken', () => {
  const original = walkOfAna();
  const { bytes, removed, unchecked } = deidentify(original);
  const { groups, markers, events, warnings } = readC3d(bytes);

  it('holds neither name nor birthday, note or address any more, in any form', () => {
    for (const options of forms) {
      expect(textOf(deidentify(walkOfAna(options)).bytes)).not.toMatch(
        /\bana\b|sousa|1990|saudade|2026|after/i,
      );
    }
  });

  it('bears a pseudonym wherever the name stood, so that prefixes still fit', () => {
    expect(textsOf(groups, 'SUBJECTS', 'NAMES')).toEqual(['S1']);
    expect(textsOf(groups, 'SUBJECTS', 'LABEL_PREFIXES')).toEqual(['S1:']);
    expect(markers.labels).toEqual(['S1:LASI', 'S1:RASI']);
    expect(events[0]).toMatchObject({ subject: 'S1', context: 'Left', label: 'Foot Strike' });
    expect(events[0]?.description).toBe('S1 stumbles, S1. Strike is whole');
  });

  it('keeps what is measured, and what describes the measuring', () => {
    expect(bytes.length).toBe(original.length);
    expect(markers.values).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(findParameter(groups, 'SUBJECT', 'WEIGHT')?.values).toEqual(Float32Array.of(61));
    expect(textsOf(groups, 'SUBJECT', 'GENDER')).toEqual(['f']);
    expect(textsOf(groups, 'SUBJECTS', 'MARKER_SETS')).toEqual(['PlugInGait']);
    expect(textsOf(groups, 'MANUFACTURER', 'COMPANY')).toEqual(['Vicon']);
    expect(warnings).toEqual([]);
    expect(original).toEqual(walkOfAna());
  });

  it('says what went, without repeating it', () => {
    const found = removed.map(({ kind, group: name, parameter }) => `${kind} ${name}:${parameter}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'name SUBJECTS:NAMES',
        'name SUBJECT:NAME',
        'birth-date SUBJECT:DATE_OF_BIRTH',
        'identifier SUBJECT:Address',
        'identifier SUBJECT:NUMBER',
        'free-text SUBJECT:null',
        'free-text TRIAL:NOTES',
        'date TRIAL:DATE',
        'name POINT:LABELS',
        'name EVENT:SUBJECTS',
        'name EVENT:DESCRIPTIONS',
      ]),
    );
    expect(JSON.stringify(removed)).not.toMatch(/\bana\b|sousa/i);
    expect(unchecked).toEqual([]);
  });

  it('has nothing left to take out a second time but the pseudonym', () => {
    expect(deidentify(bytes).bytes).toEqual(bytes);
  });

  it('loses remnants in bytes that the standard reserves', () => {
    const dirty = walkOfAna();
    dirty.set(new TextEncoder().encode('Sousa'), 100);
    const clean = deidentify(dirty);
    expect(clean.removed).toContainEqual({
      kind: 'unused-bytes',
      group: null,
      parameter: null,
      byte: 24,
      count: 5,
    });
    expect(textOf(clean.bytes)).not.toContain('Sousa');
  });

  it('names what could not be looked at', () => {
    const longer = new Uint8Array(original.length + 2048);
    longer.set(original);
    expect(deidentify(longer).unchecked.map(({ code }) => code)).toEqual(['data-left-over']);
  });
});
