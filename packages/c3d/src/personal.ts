/** Why something was taken out of a file. */
export type RemovalKind = 'name' | 'birth-date' | 'date' | 'identifier' | 'free-text' | 'unused-bytes';

/** Groups in which programs keep what belongs to the person or the visit. */
const PERSONAL_GROUPS =
  /^(SUBJECTS?|PATIENTS?|PERSON(AL)?|PARTICIPANTS?|ATHLETES?|CLIENTS?|CLINICAL|HOSPITAL|EXAM(INATION)?|SESSION|VISIT)$/;

/** What these groups hold that describes the measurement and not the person. */
const KEPT_IN_PERSONAL_GROUPS =
  /^(USED|IS_STATIC|USES_PREFIXES|MARKER_SETS?|DISPLAY_SETS?|MODELS?|MODEL_PARAMS|GENDER|SEX|.*UNITS?)$/;

/** Names of parameters, in whichever group, and what they give away. The first that applies counts. */
const PERSONAL_PARAMETERS: readonly (readonly [RegExp, RemovalKind])[] = [
  [/BIRTH|BORN|^DOB$/, 'birth-date'],
  [/(^|_)(SUR|FIRST_?|LAST_?|FORE|FAMILY_?|GIVEN_?)?NAME$/, 'name'],
  [/PATIENT|PHYSICIAN|DOCTOR|CLINICIAN|THERAPIST|OPERATOR|EXAMINER|REFERR/, 'name'],
  [/(^|_)DATE(_?TIME)?$/, 'date'],
  [/ADDRESS|PHONE|E_?MAIL|(^|_)(MRN|SSN|ID|FILE|FILE_?NAME|PATH|FOLDER|PROJECT)$/, 'identifier'],
  [/NOTES?$|COMMENTS?$|REMARKS?$|DIAGNOS|PATHOLOG|HISTORY|MEMO|(^|_)(DESCRIPTION|TITLE)$/, 'free-text'],
];
const PERSONAL_NUMBERS = /^(NUMBER|NO|ID|MRN|CODE)$/;

export function isPersonalGroup(group: string): boolean {
  return PERSONAL_GROUPS.test(group.toUpperCase());
}

/** Whether a parameter's values must go, and as what; null if they may stay. */
export function personalKind(group: string, parameter: string, type: 'text' | 'number'): RemovalKind | null {
  const name = parameter.toUpperCase().replaceAll(' ', '_');
  const kind = PERSONAL_PARAMETERS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
  // Of numbers only dates and identifiers tell who somebody is; names and texts are never numbers.
  if (type === 'number') {
    const personalNumber = isPersonalGroup(group) && PERSONAL_NUMBERS.test(name);
    if (personalNumber) return 'identifier';
    return kind === 'birth-date' || kind === 'date' ? kind : null;
  }
  if (kind !== null) return kind;
  return isPersonalGroup(group) && !KEPT_IN_PERSONAL_GROUPS.test(name) ? 'free-text' : null;
}

/** Lists of subjects' names, which are replaced by pseudonyms so that what belongs together stays together. */
export function listsSubjects(group: string, parameter: string): boolean {
  const name = parameter.toUpperCase();
  if (isPersonalGroup(group)) return name === 'NAMES' || name === 'LABEL_PREFIXES';
  return name === 'SUBJECTS';
}
