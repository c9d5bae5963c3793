import { isMainThread } from 'node:worker_threads';
import { gaitTarget } from './gait/fuzz/execution.ts';
import { fuzzSamples } from './gait/fuzz/samples.ts';
import { fuzzCommand } from './lib/fuzz/fuzz-command.ts';
import { fuzzAsThread } from './lib/fuzz/fuzz-thread.ts';

// npm run -s bench -- gait-fuzz [--seconds N] [--seed N] [--only RUN] [--small]: motion-capture files of every sample,
// truncated and broken, through reader, de-identification, report and export. The fuzzing thread runs the same file.
if (isMainThread)
  await fuzzCommand({
    names: fuzzSamples().map(({ name }) => name),
    targetOf: gaitTarget,
    allowance: '10 × file + 1 MiB',
    steps: { read: 'read to the end', reported: 'reports made', exported: 'exports tried' },
  });
else await fuzzAsThread(gaitTarget);
