import type { Platform } from '../../../platform/web/server.ts';
import { signId } from '../../../platform/web/signed-id.ts';

/** The order's own page, which its signed address opens without an account. */
export function orderPath({ config }: Pick<Platform, 'config'>, orderId: string): string {
  return `/orders/${signId(config.secret ?? '', 'order', orderId)}`;
}
