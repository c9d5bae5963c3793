import type { ClipFacts } from '../core/clip-facts.ts';
import { sameAnatomy } from './anatomy.ts';
import { compareWithEarlier } from './compare-earlier.ts';
import { GRADING_CRITERIA_VERSION } from './grading-criteria.ts';
import { limitsFor } from './limits.ts';
import type { ReportInput } from './report-input.ts';
import type { ReportMaterial } from './report-material.ts';
import { SAFETY_RULE_VERSION, type SafetyCheck, type SafetyFacts } from './safety-rule.ts';
import type { FindingType, SignedContent, SignedReferral } from './signed-content.ts';

/** The facts that the safety rule judges a report by. */
export function safetyFactsOf(
  { exam, clips, measurements, last }: ReportMaterial,
  report: Pick<ReportInput, 'finding' | 'grading' | 'anatomy' | 'findings' | 'conclusion'>,
  now: number,
): SafetyFacts {
  return {
    suspicion: exam.suspicion,
    side: exam.side,
    clips: clips.map((clip) => ({
      role: clip.role,
      side: clip.side,
      frames: clip.frames,
      matched: clip.examId !== null,
      setAside: clip.setAside,
    })),
    measurements,
    finding: report.finding,
    grading: report.grading,
    words: [report.findings, report.grading.words, report.conclusion].join('\n'),
    examTakenAt: exam.takenAt,
    now,
    // A referral about another muscle or the other side has told nobody of this one.
    referredBefore:
      last?.referral != null &&
      last.finding === 'complete-tear' &&
      last.exam.side === exam.side &&
      sameAnatomy(last.anatomy, report.anatomy),
  };
}

/** What is beside the material in a report that is being signed. */
export interface Signing {
  readonly report: ReportInput;
  readonly finding: FindingType;
  readonly exceptions: SafetyCheck['exceptions'];
  readonly referral: SignedReferral | null;
  readonly signer: { readonly id: string; readonly name: string };
  readonly signedAt: number;
}

/** The whole content of a report as it is signed. */
export function contentOf(material: ReportMaterial, signing: Signing): SignedContent {
  const { exam, clips, measurements, last } = material;
  const { report, finding, signer, signedAt } = signing;
  return {
    format: 1,
    exam: {
      ...{ id: exam.id, accession: exam.accession, studyUid: exam.studyUid },
      patient: { ...exam.patient },
      ...{ suspicion: exam.suspicion, side: exam.side, question: exam.question },
      probe: exam.probe,
      takenAt: exam.takenAt,
    },
    anatomy: report.anatomy,
    manoeuvre: report.manoeuvre,
    position: report.position,
    clips: clips.map(signedClip),
    measurements,
    grading: { ...report.grading, criteriaVersion: GRADING_CRITERIA_VERSION },
    finding,
    findings: {
      location: report.location,
      echoPattern: report.echoPattern,
      fluid: report.fluid,
      text: report.findings,
    },
    conclusion: report.conclusion,
    keyFrames: material.keyFrames.map(({ id, clip, frame, caption, analysisId }) => ({
      instanceId: clip.id,
      sopUid: clip.sopUid,
      sopClass: clip.sopClass,
      frame,
      caption: report.captions[id] ?? caption,
      analysisId,
    })),
    moments: material.moments,
    earlier: comparedWith(material, report.anatomy),
    limits: limitsFor(exam.suspicion, report.anatomy),
    exceptions: signing.exceptions,
    referral: signing.referral,
    ruleVersion: SAFETY_RULE_VERSION,
    correction: last && { ofVersion: last.version, reason: report.correctionReason },
    signer,
    signedAt,
    version: (last?.version ?? 0) + 1,
  };
}

/** The examination before this one of the same structure, its numbers beside today's; null where there is none. */
export function comparedWith(
  { earlier, measurements }: Pick<ReportMaterial, 'earlier' | 'measurements'>,
  anatomy: string,
): SignedContent['earlier'] {
  const before = earlier.find((one) => sameAnatomy(one.anatomy, anatomy));
  if (!before) return null;
  return {
    examId: before.exam.id,
    accession: before.exam.accession,
    takenAt: before.exam.takenAt,
    version: before.version,
    compared: compareWithEarlier(measurements, before.measurements),
  };
}

function signedClip(clip: ClipFacts): SignedContent['clips'][number] {
  const { id, sopUid, sopClass, seriesUid, sha256, frames, role, side, label } = clip;
  return { instanceId: id, sopUid, sopClass, seriesUid, sha256, frames, role, side, label };
}
