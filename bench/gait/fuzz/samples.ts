import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Processor, readC3d, type Storage, writeC3d } from '@rectus/c3d';
import { c3dOfTrial, type Recording, recordingOf, SIMULATED_ADULT, simulateStanding } from '@rectus/gait';
import { PIG_TRIALS, SHARED_DATA } from '../../../packages/gait/testing/shared-data.ts';
import { walkOf } from '../made-files.ts';

/** A file to be broken, and what stands beside it when a report is made of it. */
export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The standing trial of its session; for a standing trial the walk that it calibrates. */
  readonly partner: Uint8Array;
  readonly isStanding: boolean;
}

const FORMS: readonly { readonly processor: Processor; readonly storage: Storage }[] = (
  ['pc', 'dec', 'sgi'] as const
).flatMap((processor) => (['real', 'integer'] as const).map((storage) => ({ processor, storage })));

/** Every recording of ../shared/data, where it is present, and simulated ones in every form. */
export function fuzzSamples(): Sample[] {
  return [...simulatedSamples(), ...realSamples()];
}

function simulatedSamples(): Sample[] {
  const [standing, walk] = [c3dOfTrial(simulateStanding(SIMULATED_ADULT)), c3dOfTrial(walkOf(2))];
  const [standingBytes, walkBytes] = [writeC3d(standing), writeC3d(walk)];
  return [
    { name: 'simulated standing', bytes: standingBytes, partner: walkBytes, isStanding: true },
    ...FORMS.map(({ processor, storage }) => ({
      name: `simulated walk, ${processor} ${storage}`,
      bytes: writeC3d(walk, { processor, storage }),
      partner: standingBytes,
      isStanding: false,
    })),
  ];
}

function realSamples(): Sample[] {
  const folder = join(SHARED_DATA, 'gait');
  if (!existsSync(folder)) return [];
  const standing = writeC3d(c3dOfTrial(simulateStanding(SIMULATED_ADULT)));
  const partners = new Map<string, { readonly name: string; readonly isStanding: boolean }>();
  for (const [walk, calibration] of PIG_TRIALS) {
    partners.set(walk, { name: calibration, isStanding: false });
    partners.set(calibration, { name: walk, isStanding: true });
  }
  partners.set('FunctionalWalk.c3d', { name: 'FunctionalStatic.c3d', isStanding: false });
  const read = (part: string, name: string) => new Uint8Array(readFileSync(join(folder, part, name)));
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: part }) =>
      readdirSync(join(folder, part))
        .filter((name) => name.endsWith('.c3d'))
        .map((name): Sample => {
          const partner = partners.get(name);
          return {
            name: `${part}/${name}`,
            bytes: read(part, name),
            partner: partner ? read('pig', partner.name) : standing,
            isStanding: partner?.isStanding ?? false,
          };
        }),
    );
}

/** The partner as a recording, read once for each file. */
export function partnerOf(sample: Sample): Recording {
  const known = partnersRead.get(sample.partner);
  if (known) return known;
  const recording = recordingOf(readC3d(sample.partner));
  partnersRead.set(sample.partner, recording);
  return recording;
}
const partnersRead = new WeakMap<Uint8Array, Recording>();
