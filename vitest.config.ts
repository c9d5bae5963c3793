import { defineConfig } from 'vitest/config';

const jsx = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;
const never = ['**/node_modules/**', '**/dist/**', '**/.rectus/**'];

export default defineConfig({
  test: {
    // Two cores are the smallest machine we build for; more would only wait for the same database.
    maxWorkers: 2,
    projects: [
      {
        oxc: jsx,
        test: {
          name: 'packages',
          include: ['packages/**/*.test.ts', 'cli/**/*.test.ts'],
          exclude: never,
          // Property tests take their time on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        oxc: jsx,
        test: {
          name: 'unit',
          include: ['clinic/**/*.test.{ts,tsx}', 'bench/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: never,
          globalSetup: ['clinic/platform/database/embedded/test-cluster.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        oxc: jsx,
        test: {
          // A program that is killed again and again, without a browser: it mostly waits, so it runs beside the units.
          name: 'processes',
          include: ['e2e/processes/*.test.ts'],
          exclude: never,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        oxc: jsx,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: [...never, 'e2e/processes/**'],
          globalSetup: ['e2e/support/open-clinic.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
