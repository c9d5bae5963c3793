import { describe, expect, test } from 'vitest';
import { hasNormTables, normTables } from '../../testing/norms.ts';
import { simulatedNorms } from '../simulator/index.ts';
import { canonicalNormText } from './canonical.ts';
import { normsFromFiles } from './from-files.ts';
import { parseNormPackage, writeNormPackage } from './parse.ts';

const simulated = simulatedNorms();

describe('files that were picked together', () => {
  test('are judged one by one: a broken package costs only itself', () => {
    const { packages, faults, unused } = normsFromFiles([
      { name: 'good.json', text: writeNormPackage(simulated) },
      { name: 'broken.json', text: '{"format": "rectus-gait-norms", ' },
      { name: 'other.json', text: '{}' },
      { name: 'README.md', text: '# Norms' },
    ]);
    expect(packages.map(({ norms, files }) => [norms.id, files])).toEqual([[simulated.id, ['good.json']]]);
    expect(faults.map(({ file }) => file)).toEqual(['broken.json', 'other.json']);
    expect(faults[1]?.message).toBe('This is no file of rectus-gait-norms.');
    expect(unused).toEqual(['README.md']);
  });

  test('say which tables of a publication are missing', () => {
    const { packages, faults } = normsFromFiles([{ name: 'gdi_control_constants.tsv', text: 'a\tb\n' }]);
    expect(packages).toEqual([]);
    expect(faults[0]?.message).toContain('gdi_features_459x15.tsv, gdi_control_kinematics_mean_sd.tsv');
  });
});

test('the canonical text is the same whatever the order of the fields', () => {
  const turned = Object.fromEntries(Object.entries(simulated).toReversed());
  expect(canonicalNormText(turned as unknown as typeof simulated)).toBe(canonicalNormText(simulated));
  expect(parseNormPackage(canonicalNormText(simulated))).toEqual(simulated);
});

describe.skipIf(!hasNormTables())('a folder of published tables', () => {
  const files = () => [...normTables()].map(([name, text]) => ({ name, text }));

  test('becomes three packages in one step', () => {
    const { packages, faults, unused } = normsFromFiles(files());
    expect(packages.map(({ norms, files: of }) => [norms.id, of.length])).toEqual([
      ['schwartz-2008', 6],
      ['pinzone-2014', 2],
      ['gdi-gps-2008', 3],
    ]);
    expect(faults).toEqual([]);
    expect(unused).toContain('schwartz2008_emg.tsv');
  });

  test('with one broken table names that table, and takes the other publications', () => {
    const broken = files().map((file) =>
      file.name === 'schwartz2008_grf.tsv' ? { ...file, text: `${file.text}Vertical\tfree\n` } : file,
    );
    const { packages, faults } = normsFromFiles(broken);
    expect(packages.map(({ norms }) => norms.id)).toEqual(['pinzone-2014', 'gdi-gps-2008']);
    expect(faults).toHaveLength(6);
    expect(faults.find(({ file }) => file === 'schwartz2008_grf.tsv')?.message).toMatch(
      /^line \d+ has 2 columns/,
    );
    expect(faults.find(({ file }) => file === 'schwartz2008_joint_power.tsv')?.message).toContain(
      'wait for schwartz2008_grf.tsv',
    );
  });
});
