import { dateAt } from '@rectus/schedule';
import type { TestProject } from 'vitest/node';
import { freePort, startClinic } from './running-clinic.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the demo clinics of this test run answer. */
    clinic: {
      readonly url: string;
      readonly secondUrl: string;
      /** In Lisbon, when the run began: a run over midnight keeps its days. */
      readonly today: string;
      readonly dataDir: string;
      /** Where ultrasound machines are heard. */
      readonly dimsePort: number;
    };
  }
}

/** Vitest's global set-up of the journeys: one demo clinic, as `npm start` opens it, for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const today = dateAt(Date.now(), 'Europe/Lisbon');
  const dimsePort = await freePort();
  const clinic = await startClinic(`journeys-${process.pid}`, { DIMSE_PORT: String(dimsePort) });
  const { url, secondUrl, dataDir } = clinic;
  project.provide('clinic', { url, secondUrl, today, dataDir, dimsePort });
  return () => clinic.stop();
}
