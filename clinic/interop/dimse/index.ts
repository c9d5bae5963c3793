export { type DimseListener, startListener } from './listener.ts';
export type { Reception } from './machine-connection.ts';
export { createRefusalNotes } from './refusal-notes.ts';
