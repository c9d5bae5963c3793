import type { Stage } from './case-records.ts';
import { consentStateWords } from './consent-parts.tsx';
import type { ListedCase, SignedExam } from './list-desk-cases.ts';
import { casePath, consentPath, deskCasePath } from './paths.ts';

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  writing: 'Being written',
  'in-review': 'Waits for a second person',
  'sent-back': 'Sent back',
  approved: 'Approved, not published',
  published: 'Published',
};

export interface DeskCasesProps {
  readonly cases: readonly ListedCase[];
  readonly exams: readonly SignedExam[];
  readonly day: (instant: number) => string;
}

/** The desk's list: cases, and signed examinations that could become one. */
export function DeskCasesPage({ cases, exams, day }: DeskCasesProps) {
  return (
    <div class="stack">
      <header class="stack">
        <h1>Case studies</h1>
        <p class="soft">
          What the clinic shows to the public of an examination: only with the patient’s consent, without
          anything that tells who it is, and after a second person looked at it.
        </p>
      </header>
      <section class="card stack" aria-labelledby="cases">
        <h2 id="cases">Cases</h2>
        {cases.length === 0 && <p class="soft">There is no case yet.</p>}
        {cases.length > 0 && (
          <ul class="case-list">
            {cases.map((one) => (
              <li key={one.row.id}>
                <a href={deskCasePath(one.row.id)}>{one.title}</a>
                <StateOfCase one={one} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="card stack" aria-labelledby="exams">
        <h2 id="exams">Signed examinations</h2>
        {exams.length === 0 && <p class="soft">No signed ultrasound examination is without a case.</p>}
        {exams.length > 0 && (
          <ul class="case-list">
            {exams.map((exam) => (
              <li key={exam.id}>
                <a href={consentPath(exam.id)}>
                  {exam.person}, {[exam.side, exam.anatomy].filter(Boolean).join(' ') || 'ultrasound'}
                </a>
                <span class="small soft">
                  {exam.accession}, {day(exam.takenAt)}
                </span>
                <span class="badge">
                  {exam.consent ? consentStateWords(exam.consent.state) : 'Not asked'}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function StateOfCase({ one: { row, stage, version } }: { one: ListedCase }) {
  if (row.status === 'withdrawn') return <span class="badge">Withdrawn</span>;
  return (
    <>
      <span
        class="badge"
        data-kind={stage === 'published' ? 'good' : stage === 'in-review' ? 'mark' : undefined}
      >
        {STAGE_WORDS[stage]}
        {version > 1 && `, version ${version}`}
      </span>
      {row.status === 'published' && (
        <a class="small" href={casePath(row.slug)}>
          See the page<span class="vh"> of {row.slug}</span>
        </a>
      )}
    </>
  );
}
