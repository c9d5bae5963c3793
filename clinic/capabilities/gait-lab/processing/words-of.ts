import { C3dError } from '@rectus/c3d';
import { GaitError, NormError, ScoreError } from '@rectus/gait';

const KINDS: Readonly<Record<C3dError['code'], string>> = {
  'not-c3d': 'This is not a C3D file',
  'unknown-processor': 'This C3D file does not say which kind of processor wrote it',
  'frame-layout': 'This C3D file does not say how its frames are laid out',
  rate: 'This C3D file has no usable frame rate',
  scale: 'This C3D file has no usable scale',
  'no-frames': 'This C3D file holds not one whole frame',
  'too-large': 'This C3D file announces more than a file of its size can hold',
  'unknown-unit': 'This C3D file does not say what its lengths are in',
  plate: 'A force plate of this C3D file cannot be used',
  'not-writable': 'This content does not fit into a C3D file',
};

/** An error about files as a sentence for the clinic, with the place in the file; null for an error of the program. */
export function wordsOf(error: unknown): string | null {
  if (error instanceof C3dError) return `${KINDS[error.code]}. ${capital(error.message)}.`;
  if (error instanceof GaitError || error instanceof NormError || error instanceof ScoreError)
    return error.message;
  return null;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
