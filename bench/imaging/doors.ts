import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultDataDir } from '../../clinic/platform/database/embedded/index.ts';
import type { Connection } from '../../clinic/platform/database/pool.ts';
import { printTable, round } from '../lib/report.ts';
import { startBenchServer } from '../lib/server.ts';
import type { Group } from '../ultrasound/group.ts';
import { openDoorClient } from './door-client.ts';
import { copyPath, fillInstances, openDoorClinic } from './door-clinic.ts';
import { type DoorLimits, measureLimits } from './door-limits.ts';
import { madeClip, seriesUid, sopUid, studyUid } from './made-clip.ts';
import { perSecond, type Timing, timed } from './timing.ts';

export interface DoorOptions {
  /** Stored instances of the one clinic and of the other. */
  readonly stored: readonly [few: number, many: number];
  readonly timing: Timing;
}

export interface DoorTimes {
  readonly stowPerSecond: readonly [one: number, eight: number];
  readonly framesPerSecond: readonly [one: number, eight: number];
  readonly bulkMs: number;
  /** Searching: the newest studies, one person by the beginning of a name, the instances of one study. */
  readonly newestMs: number;
  readonly nameMs: number;
  readonly instancesMs: number;
}

const FULL: DoorOptions = {
  stored: [100, 100_000],
  timing: { stores: [60, 240], frames: [600, 2_000], bulks: 40, searches: 60 },
};
const SMALL: DoorOptions = {
  stored: [20, 400],
  timing: { stores: [6, 16], frames: [20, 40], bulks: 4, searches: 4 },
};
const FRAMES = 87;
/** A clip of 225 kB, as the issue has it; and one as a machine sends it, 50 kB a frame. */
const [SENT_FRAME, SHOWN_FRAME] = [2_560, 50_000];
const STORED = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
const JSON_TYPE = 'application/dicom+json';

/** How fast clips come in by STOW-RS and frames go out by WADO-RS, with few and with many clips stored. */
export const measureDoors: Group = async ({ small }) => {
  const root = process.env.RECTUS_ROOT ?? process.cwd();
  const secret = randomBytes(32).toString('base64url');
  const folder = join(defaultDataDir(root), 'bench', `imaging-${process.pid}`);
  const server = await startBenchServer(root, secret);
  try {
    const databases = [await server.createDatabase('few'), await server.createDatabase('many')] as const;
    const options = small ? SMALL : FULL;
    const { few, many, limits } = await doorTimes(databases, { ...options, secret, folder });
    printTimes(options, few, many, limits);
    return {
      stowPerSecond: round(many.stowPerSecond[1], 1),
      stowPerSecondOneClient: round(many.stowPerSecond[0], 1),
      framesPerSecond: round(many.framesPerSecond[1]),
      framesPerSecondOneClient: round(many.framesPerSecond[0]),
      bulkFramesMs: round(many.bulkMs, 1),
      doorGrowth: round(
        Math.max(
          few.stowPerSecond[1] / many.stowPerSecond[1],
          few.framesPerSecond[1] / many.framesPerSecond[1],
          many.bulkMs / few.bulkMs,
          many.newestMs / few.newestMs,
        ),
        2,
      ),
    };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

/** The times of both clinics, and what this machine can do at most. */
export async function doorTimes(
  [few, many]: readonly [Connection, Connection],
  { stored, timing, secret, folder }: DoorOptions & { readonly secret: string; readonly folder: string },
): Promise<{ readonly few: DoorTimes; readonly many: DoorTimes; readonly limits: DoorLimits }> {
  await mkdir(folder, { recursive: true });
  const limits = await measureLimits({
    folder: join(folder, 'limits'),
    clip: madeClip({ frames: FRAMES, bytesOfFrame: SENT_FRAME, study: 0, instance: 0 }),
    frame: new Uint8Array(SHOWN_FRAME),
    bulk: new Uint8Array(SHOWN_FRAME * FRAMES),
    timing,
  });
  return {
    few: await timesOf(few, { count: stored[0], timing, secret, dataDir: join(folder, 'few') }),
    many: await timesOf(many, { count: stored[1], timing, secret, dataDir: join(folder, 'many') }),
    limits,
  };
}

async function timesOf(
  connection: Connection,
  how: { readonly count: number; readonly timing: Timing; readonly secret: string; readonly dataDir: string },
): Promise<DoorTimes> {
  const { count, timing, secret, dataDir } = how;
  const clinic = await openDoorClinic(connection, secret, dataDir);
  const client = openDoorClient(clinic);
  try {
    const shown = madeClip({ frames: FRAMES, bytesOfFrame: SHOWN_FRAME, study: 1, instance: 1 });
    await client.store(shown);
    await checkServed(client, shown);
    process.stderr.write(`filling ${count} instances\n`);
    await fillInstances(clinic, count);
    // Somebody looks through one clip after the other, frame by frame.
    const frame = (n: number) => {
      const [clip, at] = [Math.floor(n / FRAMES) * 7919, n % FRAMES];
      return client.get(`${copyPath(clip % count)}/frames/${at + 1}`, STORED);
    };
    const all = Array.from({ length: FRAMES }, (_, n) => n + 1).join();
    const search = (path: string) => timed(timing.searches, () => client.get(`/dicomweb${path}`, JSON_TYPE));
    const half = Math.floor(count / 16);
    const store = storing(client);
    return {
      stowPerSecond: [await store(1, timing.stores[0]), await store(8, timing.stores[1])],
      framesPerSecond: [
        await perSecond(1, timing.frames[0], frame),
        await perSecond(8, timing.frames[1], frame),
      ],
      bulkMs: await timed(timing.bulks, (n) =>
        client.get(`${copyPath((n * 7919) % count)}/frames/${all}`, STORED),
      ),
      newestMs: await search('/studies?limit=10'),
      nameMs: await search(`/studies?PatientName=Person${half}*&limit=10`),
      instancesMs: await search(`/studies/2.25.1.${half}/instances`),
    };
  } finally {
    client.close();
    await clinic.close();
  }
}

/** Eight to a study; those that are sent at once come from machines that examine different people. */
const studyOf = (clip: number) => (clip % 8) + 8 * Math.floor(clip / 64);

/** Every clip that is sent is another one; making them costs no measured time. */
function storing(client: ReturnType<typeof openDoorClient>) {
  let made = 1_000;
  return (clients: number, count: number) => {
    const files = Array.from({ length: count + 20 }, () => {
      made += 1;
      return madeClip({
        frames: FRAMES,
        bytesOfFrame: SENT_FRAME,
        study: studyOf(made),
        instance: made,
      });
    });
    return perSecond(clients, count, (n) => client.store(files[n] ?? new Uint8Array()));
  };
}

/** What is fetched must be what was sent, or its speed says nothing. */
async function checkServed(client: ReturnType<typeof openDoorClient>, sent: Uint8Array): Promise<void> {
  const path = `/dicomweb/studies/${studyUid(1)}/series/${seriesUid(1)}/instances/${sopUid(1)}`;
  const file = await client.get(path, 'application/dicom');
  const frames = await client.get(`${path}/frames/1,${FRAMES}`, STORED);
  if (!file.equals(sent) || frames.length < 2 * SHOWN_FRAME)
    throw new Error('The door gives other bytes than it was given.');
}

function printTimes({ stored }: DoorOptions, few: DoorTimes, many: DoorTimes, limits: DoorLimits): void {
  const rate = (name: string, of: (times: DoorTimes) => number, limit: number, what: string) =>
    [
      name,
      `${of(many).toFixed(0)}/s`,
      `with few ${of(few).toFixed(0)}/s; ${what}: ${limit.toFixed(0)}/s`,
    ] as const;
  const time = (name: string, of: (times: DoorTimes) => number, more = '') =>
    [name, `${of(many).toFixed(1)} ms`, `with few ${of(few).toFixed(1)} ms${more}`] as const;
  printTable(
    `DICOMweb with ${stored[1]} instances stored, compared with ${stored[0]}; clients share the process`,
    [
      rate(
        'STOW of 225 kB, 1 client',
        (t) => t.stowPerSecond[0],
        limits.writesPerSecond[0],
        'file written, synced, renamed',
      ),
      rate('STOW of 225 kB, 8 clients', (t) => t.stowPerSecond[1], limits.writesPerSecond[1], 'the same'),
      rate(
        'a frame of 50 kB, 1 client',
        (t) => t.framesPerSecond[0],
        limits.filesPerSecond[0],
        'file read and sent',
      ),
      rate('a frame of 50 kB, 8 clients', (t) => t.framesPerSecond[1], limits.filesPerSecond[1], 'the same'),
      time(
        '87 frames in one request',
        (t) => t.bulkMs,
        `; one file of that size ${limits.bulkMs.toFixed(1)} ms`,
      ),
      time('the newest 10 studies', (t) => t.newestMs),
      time('studies by the beginning of a name', (t) => t.nameMs),
      time('the instances of a study', (t) => t.instancesMs),
    ],
  );
}
