import type { FormValues } from '../../../platform/web/form.ts';
import type { Exam } from '../core/exam.ts';
import type { SignedContent } from './signed-content.ts';

/** What the form of a new report begins with: what is known of the examination. */
export function valuesOfExam({ anatomy, manoeuvre, position }: Exam): FormValues {
  return { anatomy, manoeuvre, position };
}

/**
 * What the form of a correction begins with: the last version, but not why that one corrected another, and not who was told,
 * which is asked again where the referral does not stand.
 */
export function valuesOfSigned(content: SignedContent): FormValues {
  const { grading, findings } = content;
  const reason = (rule: string) => content.exceptions.find((one) => one.rule === rule)?.reason ?? '';
  return {
    anatomy: content.anatomy,
    manoeuvre: content.manoeuvre,
    position: content.position,
    finding: content.finding,
    location: findings.location,
    echoPattern: findings.echoPattern,
    fluid: findings.fluid,
    findings: findings.text,
    grade: grading.system ? `${grading.system}:${grading.grade}` : '',
    gradingWords: grading.words,
    conclusion: content.conclusion,
    clipsReason: reason('clips-missing'),
    tearReason: reason('tear-criterion-overruled'),
  };
}
