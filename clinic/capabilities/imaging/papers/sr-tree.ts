import { gradeOf, gradeWords } from '../report/grading-criteria.ts';
import { FINDING_WORDS, type SignedContent } from '../report/signed-content.ts';
import { CODES, own } from './sr-codes.ts';
import {
  type ContentItem,
  code,
  container,
  type ImageReference,
  image,
  personName,
  text,
} from './sr-content.ts';
import { type MeasurementSources, measurementGroups } from './sr-measurements.ts';

export interface TreeFacts extends MeasurementSources {
  readonly content: SignedContent;
  readonly clinicName: string;
  /** The signer as a DICOM name. */
  readonly observer: string;
  /** Who was told and whom the patient was sent to, in words; null where nobody was. */
  readonly told: string | null;
}

/** The content of a report as a tree. Source: DICOM PS3.16 TID 1500, Measurement Report. */
export function reportTree(facts: TreeFacts): ContentItem {
  const { content } = facts;
  return container(null, CODES.report, [
    code('HAS CONCEPT MOD', CODES.language, CODES.english),
    code('HAS OBS CONTEXT', CODES.observerType, CODES.person),
    personName('HAS OBS CONTEXT', CODES.personName, facts.observer),
    text('HAS OBS CONTEXT', CODES.personOrganization, facts.clinicName),
    code('HAS CONCEPT MOD', CODES.procedureReported, CODES.ultrasound),
    imageLibrary(facts),
    ...filled(CODES.imagingMeasurements, measurementGroups(content, facts)),
    container('CONTAINS', CODES.qualitativeEvaluations, evaluations(content)),
    ...filled(CODES.keyImages, keyImages(facts)),
    ...filled(CODES.conclusions, conclusions(facts)),
  ]);
}

/** A container is left out rather than written empty. */
function filled(concept: (typeof CODES)[keyof typeof CODES], children: readonly ContentItem[]) {
  return children.length > 0 ? [container('CONTAINS', concept, children)] : [];
}

/** The clips that the report was made from. PS3.16 TID 1600 and 1602. */
function imageLibrary({ content, imageOf }: TreeFacts): ContentItem {
  const entries = content.clips.flatMap(({ instanceId, side }) => {
    const picture = imageOf(instanceId, null);
    const laterality = side ? [code('HAS ACQ CONTEXT', CODES.imageLaterality, CODES[side])] : [];
    return picture ? [image('CONTAINS', null, picture, laterality)] : [];
  });
  return container('CONTAINS', CODES.imageLibrary, [
    container('CONTAINS', CODES.imageLibraryGroup, [
      code('HAS ACQ CONTEXT', CODES.modality, CODES.modalityUs),
      ...entries,
    ]),
  ]);
}

/** The grade by its system, with what the clinician wrote about it. */
function gradeText({ system, grade, words }: SignedContent['grading']): string {
  const graded = gradeOf(system, grade);
  const given = graded ? `${gradeWords(system, grade)} (${graded.criteria.citation}).` : '';
  return [given, words].filter(Boolean).join(' ');
}

function evaluations(content: SignedContent): readonly ContentItem[] {
  const { finding, findings, grading, exam } = content;
  const words = (concept: (typeof CODES)[keyof typeof CODES], value: string) =>
    value.trim() ? [text('CONTAINS', concept, value.trim())] : [];
  return [
    code('CONTAINS', CODES.finding, own(finding, FINDING_WORDS[finding])),
    ...words(CODES.reasonForProcedure, exam.question),
    ...words(CODES.anatomy, [content.anatomy, exam.side].filter(Boolean).join(', ')),
    ...words(CODES.manoeuvre, content.manoeuvre),
    ...words(CODES.position, content.position),
    ...words(CODES.location, findings.location),
    ...words(CODES.echoPattern, findings.echoPattern),
    ...words(CODES.fluid, findings.fluid),
    ...words(CODES.findingsText, findings.text),
    ...words(CODES.grade, gradeText(grading)),
    ...content.moments.flatMap(({ timeS, words: told }) =>
      words(CODES.pain, `${timeS.toFixed(2)} s: ${told}`),
    ),
  ];
}

function keyImages({ content, imageOf }: TreeFacts): readonly ContentItem[] {
  return content.keyFrames.flatMap(({ instanceId, frame, caption }) => {
    const picture: ImageReference | null = imageOf(instanceId, frame);
    const words = caption.trim() ? [text('HAS CONCEPT MOD', CODES.caption, caption.trim())] : [];
    return picture ? [image('CONTAINS', CODES.bestIllustration, picture, words)] : [];
  });
}

function conclusions({ content, told }: TreeFacts): readonly ContentItem[] {
  const { conclusion, exceptions, limits, correction } = content;
  return [
    ...(conclusion.trim() ? [text('CONTAINS', CODES.conclusion, conclusion.trim())] : []),
    ...(told ? [text('CONTAINS', CODES.told, told)] : []),
    ...exceptions.map(({ words, reason }) => text('CONTAINS', CODES.exception, `${words}: ${reason}`)),
    ...limits.map(({ words, citation }) => text('CONTAINS', CODES.limit, `${words} (${citation})`)),
    ...(correction ? [text('CONTAINS', CODES.correction, correction.reason)] : []),
  ];
}
