import { parseArgs } from 'node:util';
import { hasSharedData } from '../packages/gait/testing/shared-data.ts';
import { printResult } from './lib/report.ts';

// npm run -s bench -- gait [--small]: agreement with the vendor's values, the speed of reading and of reports, and the
// start of the walk in space. The same file is what fresh processes run, whose memory and first report are measured.
const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean', default: false },
    'no-browser': { type: 'boolean', default: false },
    'read-once': { type: 'boolean', default: false },
    'report-once': { type: 'boolean', default: false },
  },
});
if (given['read-once']) (await import('./gait/memory.ts')).readOnce(positionals[0] ?? '');
else if (given['report-once']) (await import('./gait/report-times.ts')).reportOnce(positionals[0] ?? '');
else await measure();

async function measure(): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { small } = given;
  const script = process.argv[1] ?? '';
  const { printAgreement } = await import('./gait/print-agreement.ts');
  const { printSpeed } = await import('./gait/print-speed.ts');
  const { printViewer } = await import('./gait/print-viewer.ts');
  const agreement = hasSharedData() ? printAgreement() : null;
  const speed = await printSpeed(script, small, say);
  const viewer = given['no-browser']
    ? null
    : await printViewer(process.env.RECTUS_ROOT ?? process.cwd(), small ? 1 : 9, say);
  printResult({
    hipKneeMaxDeg: agreement?.hipKneeMaxDeg ?? null,
    otherAnglesMaxDeg: agreement?.otherAnglesMaxDeg ?? null,
    sagittalMomentRmsNmPerKg: agreement?.sagittalMomentRmsNmPerKg ?? null,
    eventMedianMs: agreement?.eventMedianMs ?? null,
    readMBps: speed.readMBps,
    reportMs: speed.reportMs,
    sagittalMomentRmsLiteratureInertiaNmPerKg: agreement?.sagittalMomentRmsLiteratureInertiaNmPerKg ?? null,
    powerRmsWPerKg: agreement?.powerRmsWPerKg ?? null,
    powerRmsLiteratureInertiaWPerKg: agreement?.powerRmsLiteratureInertiaWPerKg ?? null,
    spatioTemporalMaxPercent: agreement?.spatioTemporalMaxPercent ?? null,
    reportOwnMs: speed.reportOwnMs,
    reportColdMs: speed.reportColdMs,
    growth: speed.growth,
    trialsPerSecond: speed.trialsPerSecond,
    readMemoryShare: speed.readMemoryShare,
    viewerScriptBytes: viewer?.gzipBytes ?? null,
    viewerStartMs: viewer?.startMs ?? null,
  });
}
