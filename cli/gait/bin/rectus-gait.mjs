#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { launch } from '../../lib/launch.mjs';

await launch(fileURLToPath(new URL('../main.ts', import.meta.url)));
