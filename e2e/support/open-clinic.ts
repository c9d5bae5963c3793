import { dateAt } from '@rectus/schedule';
import type { TestProject } from 'vitest/node';
import { startClinic } from './running-clinic.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the demo clinics of this test run answer. */
    clinic: {
      readonly url: string;
      readonly secondUrl: string;
      /** In Lisbon, when the run began: a run over midnight keeps its days. */
      readonly today: string;
      readonly dataDir: string;
    };
  }
}

/** Vitest's global set-up of the journeys: one demo clinic, as `npm start` opens it, for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const today = dateAt(Date.now(), 'Europe/Lisbon');
  const clinic = await startClinic(`journeys-${process.pid}`);
  project.provide('clinic', { url: clinic.url, secondUrl: clinic.secondUrl, today, dataDir: clinic.dataDir });
  return () => clinic.stop();
}
