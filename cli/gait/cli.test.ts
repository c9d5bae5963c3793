import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'rectus-gait-'));
const program = join(import.meta.dirname, 'bin', 'rectus-gait.mjs');
const at = (name: string) => join(folder, name);

function run(...args: string[]) {
  const env = { ...process.env, RECTUS_GAIT_NORMS: at('norms') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  expect(run('simulate', '--out', folder, '--trials', '2', '--clean', '--walk', 'stiff-knee').status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('rectus-gait', () => {
  test('says how it is used, and that it was not', () => {
    expect(run().status).toBe(2);
    expect(run('--help').stdout).toContain('rectus-gait report');
    expect(run('report', '--help').stdout).toContain('--static');
    expect(run('dance').status).toBe(2);
    expect(run('export', '--colour').status).toBe(2);
  });

  test('tells a file that cannot be read in one line, without a stack', () => {
    const { status, stderr } = run('info', program);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(run('info', at('nothing.c3d')).status).toBe(1);
  });

  test('shows what is in a file', () => {
    const { stdout } = run('info', at('walk01.c3d'), '--json');
    const [about] = JSON.parse(stdout);
    expect(about.markers).toContain('LASI');
    expect(about.plates).toEqual([2, 2]);
    expect(about.measurements.LLegLength).toBe(890);
  });

  test('exports the angles that the simulator put in, to a thousandth of a degree', () => {
    const { stdout, status } = run('export', at('walk01.c3d'), '--static', at('standing.c3d'));
    expect(status).toBe(0);
    const { frames, strides } = JSON.parse(stdout);
    const [{ angles }] = JSON.parse(readFileSync(at('truth.json'), 'utf8')).trials;
    for (const side of ['left', 'right'] as const) {
      const put = (joint: string) => (angles[side][joint] as number[]).filter((_, n) => n % 3 === 0);
      const worst = (found: number[], joint: string) =>
        Math.max(...found.map((value, n) => Math.abs(value - (put(joint)[n] ?? Number.NaN))));
      expect(worst(frames[side].hip.flexionDeg, 'hip')).toBeLessThan(0.001);
      expect(worst(frames[side].knee.flexionDeg, 'knee')).toBeLessThan(0.001);
      expect(worst(frames[side].ankle.dorsiflexionDeg, 'ankle')).toBeLessThan(0.001);
    }
    expect(strides.left.length).toBeGreaterThan(1);
  });

  test('exports a table, and files for OpenSim', () => {
    const csv = run('export', at('walk01.c3d'), '--static', at('standing.c3d'), '--format', 'csv').stdout;
    expect(csv.split('\n')[0]).toContain('left.hip.flexionDeg');
    const trc = run('export', at('walk01.c3d'), '--format', 'trc').stdout.split('\n');
    expect(trc[2]?.split('\t')[4]).toBe('mm');
    expect(trc[6]?.split('\t')).toHaveLength(2 + 3 * Number(trc[2]?.split('\t')[3]));
    const mot = run('export', at('walk01.c3d'), '--format', 'mot').stdout.split('\n');
    const head = mot.findIndex((line) => line.startsWith('time\t'));
    const upwards = mot[head]?.split('\t').indexOf('ground_force_1_vy') ?? -1;
    const most = Math.max(...mot.slice(head + 1, -1).map((line) => Number(line.split('\t')[upwards])));
    expect(most).toBeGreaterThan(600);
    expect(most).toBeLessThan(1000);
  });

  test('takes the inertia of segments by Winter, or as Plug-in Gait has it', () => {
    const walk = ['export', at('walk01.c3d'), '--static', at('standing.c3d')];
    const momentOf = (...more: string[]): (number | null)[] =>
      JSON.parse(run(...walk, ...more).stdout).frames.left.hip.extensionMomentNmPerKg;
    const [winter, other] = [momentOf(), momentOf('--inertia', 'plug-in-gait')];
    expect(momentOf('--inertia', 'winter')).toEqual(winter);
    expect(other).not.toEqual(winter);
    expect(run(...walk, '--inertia', 'mine').status).toBe(2);
  });

  test('names its markers by a file, and says which are missing', () => {
    const markers = Object.fromEntries(
      ['LASI', 'RASI', 'LPSI', 'RPSI', 'LTHI', 'LKNE', 'LTIB', 'LANK', 'LHEE', 'LTOE']
        .concat(['RTHI', 'RKNE', 'RTIB', 'RANK', 'RHEE', 'RTOE'])
        .map((name) => [name, name === 'RTOE' ? 'R.Meta2' : name]),
    );
    const set = { format: 'rectus-marker-set', version: 1, id: 'own', name: 'Own', joints: 'wands', markers };
    writeFileSync(at('own.json'), JSON.stringify(set));
    const walk = ['export', at('walk01.c3d'), '--static', at('standing.c3d'), '--markers', at('own.json')];
    expect(run(...walk)).toMatchObject({ status: 1, stderr: expect.stringContaining('no R.Meta2 (RTOE)') });
    writeFileSync(at('own.json'), JSON.stringify({ ...set, joints: 'none' }));
    expect(run(...walk).stderr).toContain('joints must be "wands" or "medial"');
    expect(run('info', at('walk01.c3d')).stdout).toContain('Conventional (Davis, Plug-in Gait)');
  });

  test('needs what the person measures, and says which numbers are missing', () => {
    const { status, stderr } = run('export', at('walk01.c3d'));
    expect(status).toBe(2);
    expect(stderr).toContain('--static');
    expect(run('export', at('walk01.c3d'), '--static', at('standing.c3d'), '--mass', 'heavy').status).toBe(2);
  });

  test('writes a report in one file that loads nothing and runs no script', () => {
    const walks = [at('walk01.c3d'), at('walk02.c3d')];
    const { status, stderr } = run(
      'report',
      ...walks,
      '--static',
      at('standing.c3d'),
      '--out',
      at('report.html'),
    );
    expect(status).toBe(0);
    expect(stderr).toContain('simulator');
    const page = readFileSync(at('report.html'), 'utf8');
    expect(page).not.toMatch(/<script|<link|src=|https?:/);
    expect(page).toContain('These bands come from a simulator');
    expect(page).toContain('The reference of the Gait Deviation Index is not installed.');
    expect(page.match(/<svg[^>]*role="img"/g)?.length).toBeGreaterThan(15);
    expect(page).not.toContain('NaN');
  });

  test('says what changed since an earlier session', () => {
    expect(run('simulate', '--out', at('later'), '--trials', '2', '--clean').status).toBe(0);
    const report = (from: string, ...more: string[]) =>
      run(
        'report',
        join(from, 'walk01.c3d'),
        join(from, 'walk02.c3d'),
        '--static',
        join(from, 'standing.c3d'),
        ...more,
      );
    expect(report(folder, '--out', at('first.html'), '--json', at('first.json')).status).toBe(0);
    expect(report(at('later'), '--out', at('second.html'), '--previous', at('first.json')).status).toBe(0);
    const page = readFileSync(at('second.html'), 'utf8');
    expect(page).toMatch(/Since the session before.*Knee flexion<\/th><td>left.*more than error/s);
    expect(report(folder, '--out', at('no.html'), '--previous', at('truth.json')).status).toBe(2);
  });

  test('copies files without names, and never over themselves', () => {
    const { status, stderr } = run('deidentify', at('walk01.c3d'), '--out', at('clean'));
    expect(status).toBe(0);
    expect(stderr).toContain('removed: name');
    expect(readdirSync(at('clean'))).toEqual(['walk01.c3d']);
    expect(run('deidentify', at('walk01.c3d'), '--out', folder).status).toBe(2);
  });

  test('has no norms until some are installed', () => {
    expect(run('norms', 'list').stderr).toContain('No norms are installed');
    expect(run('norms', 'add', at('truth.json')).status).toBe(1);
  });
});
