import { toLocal } from '@rectus/schedule';
import type { ScheduledExam } from './worklist.ts';

/** The longest text that one value may hold, in characters, by its representation. Source: DICOM PS3.5 table 6.2-1. */
const LONGEST = { LO: 64, SH: 16, PN: 64 } as const;

/**
 * An examination as a worklist tells it to a machine: under these identifiers its pictures come back and find it.
 * The machine is named as the station, whichever it is.
 *
 * Source: DICOM PS3.4 table K.6-1.
 */
export function worklistItem(
  exam: ScheduledExam,
  { station, timeZone }: { readonly station: string; readonly timeZone: string },
): Record<string, unknown> {
  const description = descriptionOf(exam);
  const { date, time } = localTime(exam.takenAt, timeZone);
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    AccessionNumber: exam.accession,
    ReferringPhysicianName: '',
    PatientName: `${plain(exam.familyName, LONGEST.PN / 2 - 1)}^${plain(exam.givenName, LONGEST.PN / 2)}`,
    PatientID: exam.patientId,
    PatientBirthDate: exam.birthDate?.replaceAll('-', '') ?? '',
    PatientSex: '',
    StudyInstanceUID: exam.studyUid,
    RequestedProcedureDescription: description,
    RequestedProcedureID: exam.accession,
    RequestedProcedurePriority: '',
    ScheduledProcedureStepSequence: [
      {
        Modality: 'US',
        ScheduledStationAETitle: station,
        ScheduledProcedureStepStartDate: date,
        ScheduledProcedureStepStartTime: time,
        ScheduledPerformingPhysicianName: '',
        ScheduledProcedureStepDescription: description,
        ScheduledProcedureStepID: exam.accession,
      },
    ],
  };
}

/** "Rectus femoris, left: sudden pain at the sprint". */
function descriptionOf({ anatomy, side, question }: ScheduledExam): string {
  const what = [anatomy || 'Ultrasound', side].filter(Boolean).join(', ');
  return plain([what, question].filter(Boolean).join(': '), LONGEST.LO);
}

/** Without the signs that mean something in DICOM, on one line, and no longer than its place. */
function plain(text: string, most: number): string {
  const line = text
    .replace(/[\\^=\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = [...line];
  return letters.length <= most
    ? line
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

function localTime(instant: number, timeZone: string): { readonly date: string; readonly time: string } {
  const { date, hour, minute } = toLocal(instant, timeZone);
  const two = (value: number) => String(value).padStart(2, '0');
  return { date: date.replaceAll('-', ''), time: `${two(hour)}${two(minute)}00` };
}
