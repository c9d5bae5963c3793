import { readFileSync } from 'node:fs';
import { readC3d } from '@rectus/c3d';
import { recordingOf } from '@rectus/gait';
import type { MotionData } from '../viewer/motion.ts';
import { motionOfTrial } from './motion-of-best.ts';
import type { FileOnDisk, TrialOnDisk } from './thread-task.ts';

/** One trial of a session as the viewer draws it, worked out from its stored files. */
export function motionOfFile({ standing, walking, subject, lab }: TrialOnDisk): MotionData {
  const read = ({ path }: FileOnDisk) => recordingOf(readC3d(readFileSync(path)));
  return motionOfTrial({ standing: read(standing), recording: read(walking), subject, lab });
}
