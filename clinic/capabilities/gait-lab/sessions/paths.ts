/** Addresses of the gait lab at the desk. */
export const GAIT_LAB = '/desk/gait';
/** Whom the walks are compared with. */
export const NORMS = `${GAIT_LAB}/norms`;

export function studyPath(studyId: string, part?: 'report' | 'progress' | 'files' | 'uploads'): string {
  return `${GAIT_LAB}/${studyId}${part ? `/${part}` : ''}`;
}
