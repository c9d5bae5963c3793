import { randomBytes } from 'node:crypto';
import { asAdmin } from '../clinic/place.ts';
import { type MonthOptions, type MonthResult, measureMonth } from './booking/month.ts';
import { addMonthClinics } from './booking/month-clinics.ts';
import { type RaceResult, race } from './booking/race.ts';
import { forkBenchWeb, serveAsChild } from './booking/web-process.ts';
import { printResult, printTable, round } from './lib/report.ts';
import { type BenchServer, startBenchServer } from './lib/server.ts';

const MONTH: MonthOptions = { clinics: [10, 1_000], clients: 8, searches: 4_000 };
const CLINICS_IN_USE = 5;
const SMALL_MONTH: MonthOptions = { clinics: [1, 5], clients: 8, searches: 200 };

// npm run -s bench -- booking [--small]: how many desks can book at once without a mistake, how fast, and how fast
// a month is searched. The web process runs the same file with the word "web".
const [, script = '', mode] = process.argv;
if (mode === 'web') serveAsChild();
else await measure(script, process.argv.includes('--small'));

async function measure(program: string, small: boolean): Promise<void> {
  const secret = randomBytes(32).toString('base64url');
  const server = await startBenchServer(process.env.RECTUS_ROOT ?? process.cwd(), secret);
  try {
    say('racing for appointments');
    const raced = await measureRace(server, secret, program, small);
    const month = await measureMonth(server, secret, small ? SMALL_MONTH : MONTH, say);
    print(raced, month);
    if (raced.doubleBookings + raced.falseRejections > 0) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

async function measureRace(
  server: BenchServer,
  secret: string,
  program: string,
  small: boolean,
): Promise<RaceResult> {
  const database = await server.createDatabase('race');
  // A clinic in use: PostgreSQL plans for tables that are filled, not for those of an empty first day.
  await asAdmin(database, (sql) => addMonthClinics(sql, 1, CLINICS_IN_USE, Date.now()));
  const web = await forkBenchWeb(program, database, secret);
  const counts = small ? { attempts: 200, warmUp: 50 } : { attempts: 2_000, warmUp: 500 };
  try {
    return await race(database, secret, web, { ...counts, clients: 64, places: 8, bareConnections: 10 });
  } finally {
    await web.stop();
  }
}

function print(raced: RaceResult, month: MonthResult): void {
  const shareOfLimit = raced.bookingsPerSecond / raced.limitPerSecond;
  printTable('64 desks, one clinic, three resources for each visit', [
    ['double bookings', String(raced.doubleBookings)],
    [
      'false rejections',
      String(raced.falseRejections),
      `of ${raced.refused} refused, ${raced.booked} booked`,
    ],
    [
      'bookings per second',
      raced.bookingsPerSecond.toFixed(0),
      'over HTTP: session, audit and mail included',
    ],
    ['attempts per second', raced.attemptsPerSecond.toFixed(0), 'refusals with the nearest times included'],
    ['median wait', `${raced.medianMs.toFixed(0)} ms`, 'with 64 at once'],
    ['limit', raced.limitPerSecond.toFixed(0), 'the same claims as bare transactions, per second'],
    ['share of the limit', shareOfLimit.toFixed(2)],
  ]);
  const { few, many } = month;
  printTable('A month for this service, any clinician, 8 clients', [
    [
      'few clinics',
      `${few.p50Ms.toFixed(1)} ms`,
      `p99 ${few.p99Ms.toFixed(1)} ms, ${few.perSecond.toFixed(0)} per second`,
    ],
    [
      'many clinics',
      `${many.p50Ms.toFixed(1)} ms`,
      `p99 ${many.p99Ms.toFixed(1)} ms, ${many.perSecond.toFixed(0)} per second`,
    ],
    ['growth', month.growth.toFixed(2)],
  ]);
  if (month.unexpectedPlan)
    process.stdout.write(`The search does not use its index:\n${month.unexpectedPlan}\n\n`);
  printResult({
    doubleBookings: raced.doubleBookings,
    falseRejections: raced.falseRejections,
    bookingsPerSecond: round(raced.bookingsPerSecond),
    limitPerSecond: round(raced.limitPerSecond),
    shareOfLimit: round(shareOfLimit, 2),
    monthSearchPerSecond: round(many.perSecond),
    monthSearchP99Ms: round(many.p99Ms, 1),
    growth: round(month.growth, 2),
  });
}

function say(line: string): void {
  process.stderr.write(`${line} …\n`);
}
