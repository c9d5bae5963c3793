import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Footwear, type GaitReportData, gaitReport, isReportData, simulatedNorms } from '@rectus/gait';
import { say, UsageError } from '../../lib/console.ts';
import { writeResult } from '../../lib/write-result.ts';
import { numberOf, SUBJECT_FLAGS } from '../flags.ts';
import { installedNorms, normFolder } from '../norm-folder.ts';
import { reportPage } from '../report-page/page.ts';
import { openSession } from '../session.ts';

/** Writes the report of a session as one HTML file. */
export async function reportCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...SUBJECT_FLAGS,
      out: { type: 'string' },
      json: { type: 'string' },
      previous: { type: 'string' },
      norms: { type: 'string' },
      age: { type: 'string' },
      footwear: { type: 'string', default: 'unknown' },
      title: { type: 'string', default: 'Gait report' },
    },
  });
  if (positionals.length === 0) throw new UsageError('Name at least one walking trial.');
  if (values.out === undefined) throw new UsageError('Name the file with --out FILE.html.');
  const session = openSession(positionals, values);
  const folder = normFolder(values.norms);
  const installed = installedNorms(folder);
  if (installed.length === 0)
    say(`No norms are installed in ${folder}: bands of the simulator are shown, labelled so.`);
  const previous = values.previous === undefined ? null : previousReport(values.previous);
  const data = gaitReport({
    ...session,
    ...(previous ? { previous } : {}),
    norms: installed.length > 0 ? installed : [simulatedNorms()],
    conditions: {
      ageYears: numberOf('age', values.age) ?? null,
      footwear: footwearOf(values.footwear),
      walkingAid: null,
    },
    vendorEvents: values['no-vendor-events'] !== true,
  });
  tell(data);
  if (values.json !== undefined) writeResult(values.json, `${JSON.stringify(data)}\n`);
  writeResult(values.out, reportPage(data, values.title));
}

/** The data of an earlier report, as --json wrote it. */
function previousReport(path: string): GaitReportData {
  const about = `${path} is not the data of a report: name a file that report --json has written.`;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(about);
    throw error;
  }
  if (!isReportData(value)) throw new UsageError(about);
  return value;
}

function footwearOf(text: string): Footwear {
  if (text === 'barefoot' || text === 'shod' || text === 'unknown') return text;
  throw new UsageError(`--footwear is barefoot, shod or unknown, not ${text}.`);
}

function tell({ strides, speedMPerS, notes }: GaitReportData): void {
  say(
    `${strides.left.length} left and ${strides.right.length} right strides, ${speedMPerS?.toFixed(2) ?? 'unknown'} m/s`,
  );
  for (const note of notes) say(note);
}
