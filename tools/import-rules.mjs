// Checks who may import whom, and that no file leads back to itself. Prints each breach and ends with status 1.
import { resolve } from 'node:path';
import { findBreaches } from './lib/import-graph.mjs';
import { root } from './lib/project.mjs';

const folder = resolve(process.argv[2] ?? root);
const { files, breaches } = findBreaches(folder);
for (const breach of breaches) process.stdout.write(`${breach}\n`);
process.stdout.write(`${files} files, ${breaches.length} breaches of the import rules\n`);
process.exitCode = breaches.length === 0 && files > 0 ? 0 : 1;
