import type { Group } from '../ultrasound.ts';

export const measureContractions: Group = async () => ({});
