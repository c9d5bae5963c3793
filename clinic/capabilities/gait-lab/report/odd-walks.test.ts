import {
  type GaitReportData,
  gaitReport,
  type Recording,
  SIMULATED_ADULT,
  simulatedNorms,
  simulateStanding,
  simulateWalk,
  USUAL_CAPTURE,
  USUAL_WALK,
} from '@rectus/gait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import { wornMarkers } from '../processing/inspect-file.ts';
import { type ReportWorld, reportWorld } from '../testing/report-world.ts';
import { simulatedMotion, simulatedReport } from '../testing/simulated-session.ts';

let lab: ReportWorld;
beforeAll(async () => {
  lab = await reportWorld();
});
afterAll(() => lab.close());

const DAY = 86_400_000;

function walk(capture: Partial<typeof USUAL_CAPTURE>, change = (recording: Recording) => recording) {
  const { recording } = simulateWalk(SIMULATED_ADULT, USUAL_WALK, { ...USUAL_CAPTURE, ...capture });
  return gaitReport({
    standing: simulateStanding(SIMULATED_ADULT).recording,
    trials: [{ name: 'walk 1', recording: change(recording) }],
    ...SIMULATED_ADULT,
    conditions: { ageYears: 34, footwear: 'barefoot', walkingAid: null },
    norms: [simulatedNorms()],
  });
}

/** All parts of a report's page and its paper, of a second session after a usual first one. */
async function pagesOf(report: GaitReportData): Promise<string> {
  const patient = await lab.addPatient();
  const motion = simulatedMotion();
  await lab.addSession(patient, { report: simulatedReport(), motion, takenAt: TEST_NOW - 60 * DAY });
  const { studyId } = await lab.addSession(patient, { report, motion });
  const path = `/desk/gait/${studyId}/report`;
  const pages = [];
  for (const part of ['overview', 'kinetics', 'planes', 'compare']) {
    const { statusCode, body } = await lab.get(`${path}?part=${part}`);
    expect(statusCode).toBe(200);
    expect(body).not.toMatch(/NaN|undefined|Infinity/);
    pages.push(body);
  }
  expect((await lab.get(`${path}.pdf`)).statusCode).toBe(200);
  return pages.join('\n');
}

describe('a report of a walk that gave little', () => {
  it('says which leg is missing, and claims nothing of it', async () => {
    const report = walk({ steps: 3, plates: 1 });
    const strides = { left: report.strides.left.length, right: report.strides.right.length };
    expect(Math.min(strides.left, strides.right)).toBe(0);
    const pages = await pagesOf(report);
    expect(pages).toMatch(/No (left|right) stride could be used/);
    expect(pages).toMatch(/There is one (left|right) stride only/);
    expect(pages).toMatch(/Only \d+ of \d+ angles of both legs could be compared/);
  });

  it('never says that nothing changed where nothing was measured', async () => {
    const report = walk({ steps: 1, plates: 1 });
    expect([report.strides.left.length, report.strides.right.length]).toEqual([0, 0]);
    const pages = await pagesOf(report);
    expect(pages).toContain('No trial holds a whole stride');
    expect(pages).toContain('nothing can be compared');
    expect(pages).not.toContain('No angle differs');
  });

  it('tells that no plate carried a step, instead of empty plots', async () => {
    const pages = await pagesOf(walk({ plates: 0 }, (recording) => ({ ...recording, plates: [] })));
    expect(pages).toContain('so there are no moments or powers');
  });

  it('stands without any norms', async () => {
    const { norms, ...rest } = walk({});
    const bare = { ...rest, norms: { ...norms, bands: null } };
    const curves = rest.curves.map((curve) => ({ ...curve, norm: null }));
    expect(await pagesOf({ ...bare, curves })).toContain('No norms are installed: the curves stand alone.');
  });
});

describe('how a report was computed', () => {
  it('is told to whoever audits it: model, marker size, smoothing, inertia, events and the files', async () => {
    const pages = await pagesOf(walk({}));
    for (const words of [
      'Conventional gait model',
      'Markers of 7.0 mm from centre to skin',
      'not smoothed',
      'Winter DA.',
      'by a force plate',
      'Simulated: this walk was never recorded.',
    ])
      expect(pages).toContain(words);
  });
});

describe('the markers that a session’s page counts', () => {
  it('are those that were worn: no axes of segments, no joint centres, nothing that nobody named', () => {
    const worn = ['LASI', 'RASI', 'LANK', 'RANK', 'LTOE', 'SACR'];
    const computed = ['PELO', 'PELA', 'PELL', 'PELP', 'LeftHipCenter', 'CentreOfMass', '*12', '#'];
    expect(wornMarkers([...worn, ...computed])).toEqual(worn);
  });
});
