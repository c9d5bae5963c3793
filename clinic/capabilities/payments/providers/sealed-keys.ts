import { createSeals, type Seals } from '../../../platform/web/sealed.ts';
import type { Platform } from '../../../platform/web/server.ts';

/**
 * Seals what a provider gave a clinic to know it by. Each clinic has a key of its own, so that a row copied to another
 * clinic opens nothing.
 */
function sealsOf(platform: Platform, clinicId: string): Seals {
  return createSeals(platform.config.secret ?? '', `payments of ${clinicId}`);
}

/** A provider's key as it is kept in `payment_settings`. */
export function sealKey(platform: Platform, clinicId: string, key: string): string {
  return sealsOf(platform, clinicId).seal(key);
}

/** The key again, or null when the text is damaged or was sealed for another clinic or with another secret. */
export function openSealed(platform: Platform, clinicId: string, sealed: string | null): string | null {
  if (!sealed) return null;
  const key = sealsOf(platform, clinicId).open(sealed);
  return typeof key === 'string' ? key : null;
}
