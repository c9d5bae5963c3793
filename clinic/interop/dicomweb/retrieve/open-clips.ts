import { clipOf, createRecent, type OpenClip } from '../../../capabilities/imaging/index.ts';
import type { FileStore } from '../../../platform/files/index.ts';
import type { Instance } from './instances.ts';

/** Files of so many bytes together stay in memory while frames of them are decoded one after the other. */
const MOST_BYTES = 128 * 1024 * 1024;

export type OpenClips = (clinicId: string, instance: Pick<Instance, 'sha256' | 'size'>) => Promise<OpenClip>;

/** Opens clips to decode frames of them. */
export function createOpenClips(files: FileStore): OpenClips {
  const recent = createRecent<{ readonly clip: OpenClip; readonly size: number }>(
    MOST_BYTES,
    ({ size }) => size,
  );
  return async (clinicId, { sha256, size }) => {
    const { clip } = await recent.get(`${clinicId} ${sha256}`, async () => ({
      clip: await clipOf(files, clinicId, { sha256, format: 'dicom', setScale: null }),
      size,
    }));
    return clip;
  };
}
