/** Addresses of the ultrasound part of the desk. */
export const IMAGING = '/desk/imaging';
/** Clips that wait for somebody to say whose they are. */
export const ARRIVALS = `${IMAGING}/arrivals`;
/** What came and was not taken. */
export const REFUSALS = `${IMAGING}/refusals`;
export const MACHINES = `${IMAGING}/machines`;
export const EXCEPTIONS = `${IMAGING}/exceptions`;

/** Where signed examinations become public cases: the library's pages. */
export const CASES = '/desk/cases';

type ExamPart = 'view' | 'report' | 'referral' | 'referral.pdf' | 'uploads' | 'files';

/** The page of an examination, or of one of its parts. */
export function examPath(examId: string, part?: ExamPart): string {
  return `${IMAGING}/${examId}${part ? `/${part}` : ''}`;
}

/** A signed version of a report as a paper, or as a DICOM structured report. */
export function reportFilePath(examId: string, version: number, ending: 'pdf' | 'dcm'): string {
  return `${IMAGING}/${examId}/report/${version}.${ending}`;
}

/** A clip of an examination: its facts, its first frame as a small picture, or its file as it came. */
export function clipPath(examId: string, instanceId: string, part?: 'thumbnail.png' | 'file'): string {
  return `${IMAGING}/${examId}/clips/${instanceId}${part ? `/${part}` : ''}`;
}
