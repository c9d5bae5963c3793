import { uidOf } from '@rectus/sonography';
import dcmjs from 'dcmjs';
import dimse from 'dcmjs-dimse';

/** How we name ourselves to whoever asks for an association. */
const IMPLEMENTATION_UID = uidOf('rectus clinic, dimse');
const IMPLEMENTATION_NAME = 'RECTUS_DIMSE_1';
/** Bytes of one unit that we ask senders for: larger ones are no faster and wait in memory. */
const MOST_IN_A_UNIT = 128 * 1024;

// The library writes whole questions and answers, with names of people, to the terminal unless it is told not to.
dimse.log.setLevel('silent');
dcmjs.log.setLevel('silent');
dimse.Implementation.setImplementationClassUid(IMPLEMENTATION_UID);
dimse.Implementation.setImplementationVersion(IMPLEMENTATION_NAME);
dimse.Implementation.setMaxPduLength(MOST_IN_A_UNIT);

export const { Scp, Dataset, constants, requests, responses } = dimse;
export { MOST_IN_A_UNIT };
