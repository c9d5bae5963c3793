import { type Arrival, type RefusalCode, type TakenIn, takeIn } from '../../capabilities/imaging/index.ts';
import { FileError, type FileStore } from '../../platform/files/index.ts';
import type { Caller } from './admit.ts';
import type { IncomingFile } from './incoming-file.ts';

/** What a machine is told about a file that it sent. Source: DICOM PS3.4 table B.2-1. */
export interface StoreAnswer {
  readonly status: number;
  /** At most 64 characters, and nothing about anybody. */
  readonly comment: string;
}

export const STORE_STATUS = {
  stored: 0x0000,
  failed: 0x0110,
  outOfResources: 0xa700,
  doesNotMatch: 0xa900,
  notUnderstood: 0xc000,
} as const;

const REFUSALS: Readonly<Partial<Record<RefusalCode, StoreAnswer>>> = {
  'too-large': { status: STORE_STATUS.outOfResources, comment: 'The file is too large' },
  'missing-uids': { status: STORE_STATUS.doesNotMatch, comment: 'UIDs are missing, or not those announced' },
  'not-pictures': { status: STORE_STATUS.doesNotMatch, comment: 'There are no pictures in it' },
  'other-bytes': { status: STORE_STATUS.notUnderstood, comment: 'Another file has this SOP Instance UID' },
  'other-patient': { status: STORE_STATUS.notUnderstood, comment: 'The study belongs to another patient' },
};

const FAILED: StoreAnswer = { status: STORE_STATUS.failed, comment: 'It could not be stored' };
const FULL: StoreAnswer = { status: STORE_STATUS.outOfResources, comment: 'There is no room for it' };

/**
 * Takes in a file that a machine has sent in full, and says what it is to be told. Never throws: what goes wrong on our
 * side is written by `say`, and the machine sends the file again later.
 */
export async function answerStore(
  { context, machine }: Caller,
  files: FileStore,
  { file, say }: { readonly file: IncomingFile; say(line: string): void },
): Promise<StoreAnswer> {
  try {
    await file.stored;
    const arrival: Arrival = {
      source: 'c-store',
      machineId: machine.id,
      draft: file.draft,
      name: `${file.facts.sopInstance || 'clip'}.dcm`,
      announced: { sopClass: file.facts.sopClass, sopUid: file.facts.sopInstance },
    };
    return answerOf(await takeIn(context, files, arrival));
  } catch (error) {
    await files.removeDraft(file.draft).catch(() => {});
    if (error instanceof FileError && error.problem === 'disk-full') return FULL;
    say(`DIMSE: a file of ${machine.name} could not be stored: ${(error as Error).message}`);
    return FAILED;
  }
}

function answerOf(taken: TakenIn): StoreAnswer {
  if (taken.kind !== 'refused') return { status: STORE_STATUS.stored, comment: '' };
  return REFUSALS[taken.code] ?? { status: STORE_STATUS.notUnderstood, comment: 'It cannot be read' };
}
