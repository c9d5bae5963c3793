import type { UploadKind } from '../../../../platform/uploads/index.ts';
import { LARGEST_CLIP } from '../../arrivals/limits.ts';
import { takeIn } from '../../arrivals/take-in.ts';

/** An examination of both sides in every manoeuvre is some thirty clips. */
const MOST_FILES = 200;

/** Clips and stills that a person puts onto an examination, which says whose they are. */
export const CLIPS: UploadKind = {
  largest: LARGEST_CLIP,
  most: MOST_FILES,
  // Another examination may have let go of it meanwhile.
  tryRefusedAgain: true,
  mediaType: 'application/octet-stream',
  async settle(context, files, { studyId, fileId, name }) {
    const taken = await takeIn(context, files, {
      source: 'upload',
      machineId: null,
      draft: fileId,
      fileId,
      name,
      examId: studyId,
      ...(context.actor.id === null ? {} : { by: context.actor.id }),
    });
    return taken.kind === 'refused'
      ? { status: 'refused', refusedReason: taken.reason }
      : { status: 'ready', refusedReason: null };
  },
};
