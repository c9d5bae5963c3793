import { createRequire } from 'node:module';
import { uidOf } from '@rectus/sonography';
import dimse from 'dcmjs-dimse';

/** How we name ourselves to whoever asks for an association. */
const IMPLEMENTATION_UID = uidOf('rectus clinic, dimse');
const IMPLEMENTATION_NAME = 'RECTUS_DIMSE_1';
/** Bytes of one unit that we ask senders for: larger ones are no faster and wait in memory. */
const MOST_IN_A_UNIT = 128 * 1024;

interface Logger {
  setLevel(level: 'silent'): void;
  getLoggers(): Readonly<Record<string, { setLevel(level: 'silent'): void }>>;
}

// Both libraries write what passes through them, names of people too, to the terminal unless they are told not to.
// The one below is loaded as the one above loads it: imported, it would be another copy with another voice.
dimse.log.setLevel('silent');
const { log } = createRequire(import.meta.url)('dcmjs') as { readonly log: Logger };
for (const logger of [log, ...Object.values(log.getLoggers())]) logger.setLevel('silent');
dimse.Implementation.setImplementationClassUid(IMPLEMENTATION_UID);
dimse.Implementation.setImplementationVersion(IMPLEMENTATION_NAME);
dimse.Implementation.setMaxPduLength(MOST_IN_A_UNIT);

export const { Scp, Dataset, constants, requests, responses } = dimse;
export { MOST_IN_A_UNIT };
