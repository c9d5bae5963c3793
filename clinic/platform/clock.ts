/** Where the program reads the time, so that a test can set it. Holds and due times use the database's clock. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
