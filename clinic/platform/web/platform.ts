import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/pool.ts';
import type { Wake } from '../jobs/wake.ts';
import type { Assets } from './assets.ts';

/** What the web server and every capability on it stand on. */
export interface Platform {
  readonly db: Database;
  readonly config: Config;
  readonly clock: Clock;
  readonly assets: Assets;
  /** Asks the workers to do something for a clinic now; absent where nobody works. */
  readonly wake?: Wake;
}
