import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterAll, describe, expect, test } from 'vitest';
import {
  describeWith,
  hasUltrasoundData,
  ULTRASOUND_DATA,
} from '../../packages/sonography/testing/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'rectus-sonography-'));
const program = join(import.meta.dirname, 'bin', 'rectus-sonography.mjs');
const at = (name: string) => join(folder, name);

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('rectus-sonography', () => {
  test('says how it is used, and that it was not', () => {
    expect(run().status).toBe(2);
    expect(run('--help').stdout).toContain('rectus-sonography info');
    expect(run('deidentify', '--help').stdout).toContain('--black');
    expect(run('dance').status).toBe(2);
    expect(run('info', '--colour').status).toBe(2);
  });

  test('tells a file that cannot be read in one line, with its name', () => {
    const { status, stderr } = run('info', program);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('rectus-sonography.mjs');
    expect(run('info', at('nothing.dcm')).status).toBe(1);
  });

  test('says of a picture that nothing can be measured in it yet', () => {
    const png = encode({ width: 30, height: 20, channels: 1, depth: 8, data: new Uint8Array(600) });
    writeFileSync(at('still.png'), png);
    const { stdout } = run('info', at('still.png'), '--json');
    expect(JSON.parse(stdout)).toMatchObject([
      { width: 30, height: 20, frames: 1, regions: [{ refusal: { code: 'no-scale' } }] },
    ]);
  });
});

describe('rectus-sonography phantom', () => {
  test('writes a clip that info reads, with the truth of its frames beside it', () => {
    const size = ['--size', '200x160', '--looks', '1', '--most-px', '12'];
    const { status, stderr } = run(
      ...[
        'phantom',
        '--out',
        at('tear.dcm'),
        '--truth',
        at('tear.json'),
        '--set',
        'retractionMm=10',
        ...size,
      ],
    );
    expect(status).toBe(0);
    expect(stderr).toContain('nobody was examined');
    const [clip] = JSON.parse(run('info', at('tear.dcm'), '--json').stdout);
    const truth = JSON.parse(readFileSync(at('tear.json'), 'utf8'));
    expect(clip).toMatchObject({ width: 200, height: 160, warnings: [], timing: 'frame-time' });
    expect(clip.regions[0].mmPerPx.lateral).toBeCloseTo(truth.region.mmPerPx.lateral, 9);
    expect(truth.series.gapMm).toHaveLength(clip.frames);
    expect(truth.series.gapMm[truth.phases[0].peak]).toBeCloseTo(10.8, 9);
    expect(truth.landmarks['proximal end']).toHaveLength(clip.frames);
  });

  test('says what a scene can be set to, and writes nothing for a wrong word', () => {
    expect(run('phantom', '--out', at('x.dcm'), '--set', 'gap=3').stderr).toContain('retractionMm');
    expect(run('phantom', '--out', at('x.dcm'), '--scene', 'dance').status).toBe(2);
    expect(run('phantom', '--out', at('x.dcm'), '--correlation', '2').status).toBe(1);
  });
});

describeWith(hasUltrasoundData(), 'rectus-sonography with real files', () => {
  test('de-identifies with black areas, and does not write over the original', () => {
    const original = join(ULTRASOUND_DATA, 'dicom', 'dbdicom_0020.dcm');
    const { status, stderr } = run('deidentify', original, '--out', at('out'), '--black', '0,0,40,30');
    expect(status).toBe(0);
    expect(stderr).toContain('(0010,0010)');
    expect(readFileSync(join(at('out'), 'dbdicom_0020.dcm')).includes('Rubo')).toBe(false);
    expect(run('info', join(at('out'), 'dbdicom_0020.dcm')).stdout).toContain('Anonymous');
    expect(run('deidentify', join(at('out'), 'dbdicom_0020.dcm'), '--out', at('out')).status).toBe(2);
  });
});

describeWith(hasUltrasoundData(), 'rectus-sonography muscle', () => {
  const still = join(ULTRASOUND_DATA, 'muscle', 'pennation', 'gastroc_range_of_motion_242.png');

  test('measures a still in true units, and draws its lines', () => {
    const args = ['--mm-per-px', '0.08677', '--format', 'json', '--out', at('lines.svg')];
    const { status, stdout } = run('muscle', still, ...args);
    expect(status).toBe(0);
    const [muscle] = JSON.parse(stdout);
    expect(muscle.pennationDeg.value).toBeGreaterThan(17);
    expect(muscle.pennationDeg.value).toBeLessThan(24);
    expect(muscle.thicknessMm.value).toBeCloseTo(19.9, 0);
    expect(muscle.lines.deep.length).toBeGreaterThan(1);
    expect(readFileSync(at('lines.svg'), 'utf8')).toContain('<polyline');
  });

  test('tells no length without a scale, and fails where nothing is found', () => {
    expect(run('muscle', still).stdout).toContain('needs --mm-per-px');
    writeFileSync(
      at('black.png'),
      encode({ width: 300, height: 200, channels: 1, depth: 8, data: new Uint8Array(60_000) }),
    );
    const { status, stdout } = run('muscle', at('black.png'));
    expect(status).toBe(1);
    expect(stdout).toContain('not found');
  });
});
