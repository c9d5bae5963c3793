import { isMainThread } from 'node:worker_threads';
import { fuzzCommand } from './lib/fuzz/fuzz-command.ts';
import { fuzzAsThread } from './lib/fuzz/fuzz-thread.ts';
import { ultrasoundTarget } from './ultrasound/fuzz/execution.ts';
import { fuzzSamples } from './ultrasound/fuzz/samples.ts';

// npm run -s bench -- ultrasound-fuzz [--seconds N] [--seed N] [--only RUN] [--small]: clips, stills and videos, truncated
// and broken, through reader, decoders and de-identification. The fuzzing thread runs the same file.
if (isMainThread)
  await fuzzCommand({
    names: (await fuzzSamples()).map(({ name }) => name),
    targetOf: ultrasoundTarget,
    allowance: '10 × file + 1 MiB + the decoded frame',
    steps: { opened: 'opened as a clip', decoded: 'a frame decoded', deidentified: 'de-identified' },
  });
else await fuzzAsThread(ultrasoundTarget);
