/** Addresses of the gait lab at the desk. */
export const GAIT_LAB = '/desk/gait';

export function studyPath(studyId: string, part?: 'report' | 'progress' | 'files' | 'uploads'): string {
  return `${GAIT_LAB}/${studyId}${part ? `/${part}` : ''}`;
}
