import { checkAllChanges } from './zone-checks.ts';

// Run by itself under a TZ of the caller's choice. Says which zone the process is in, and how many checks held.
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
console.log(JSON.stringify({ timeZone, checks: checkAllChanges() }));
