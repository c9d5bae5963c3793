import { Notice } from '../../../platform/web/layout/index.ts';
import { examPath } from '../../imaging/index.ts';
import type { DeskCase, Posted } from './desk-case.ts';
import { casePath, consentPath, DESK_CASES } from './paths.ts';
import { isWriter } from './review-case.ts';
import { ReviewPage } from './review-page.tsx';
import { WritePage } from './write-page.tsx';

export interface DeskCasePageProps {
  readonly shown: DeskCase;
  readonly posted: Posted | null;
  /** Who looks. */
  readonly userId: string;
  readonly locale: string;
  readonly day: (instant: number) => string;
}

/** The desk's page of a case: its newest version, and what can be done with it. */
export function DeskCasePage(props: DeskCasePageProps) {
  const { shown, posted, userId } = props;
  const { row, version, stage } = shown;
  return (
    <div class="stack narrow-card case-desk">
      <p class="small">
        <a href={DESK_CASES}>Case studies</a>
      </p>
      <h1>{version.content.title || 'A case without a title yet'}</h1>
      <About shown={shown} />
      {posted?.part === 'case' && <Notice kind="danger" title={posted.problem} live />}
      {row.status === 'withdrawn' ? (
        <Notice kind="warn" title="Withdrawn">
          <p>
            The consent was taken back{row.withdrawnAt !== null && ` ${props.day(row.withdrawnAt)}`}. The
            pictures are deleted; the words stay here for the clinic’s record and are not public.
          </p>
        </Notice>
      ) : (
        <>
          {shown.stray && stage === 'published' && (
            <Notice kind="mark" title="The report was corrected since">
              <p>A number that is public is no longer what the signed report says. Begin a new version.</p>
            </Notice>
          )}
          {stage === 'writing' ? (
            <WritePage
              {...shown}
              caseId={row.id}
              content={version.content}
              posted={posted && 'form' in posted ? posted : null}
              locale={props.locale}
            />
          ) : (
            <ReviewPage
              {...shown}
              caseId={row.id}
              mayReview={!isWriter(version, userId)}
              nameOf={(id) => shown.names.get(id) ?? 'somebody who left'}
              day={props.day}
              locale={props.locale}
              problem={posted?.part === 'review' ? posted.problem : null}
              ticked={new Set(posted?.part === 'review' ? posted.review.checks : [])}
              note={posted?.part === 'review' ? posted.review.note : ''}
            />
          )}
        </>
      )}
    </div>
  );
}

function About({ shown: { row, exam, version } }: { shown: DeskCase }) {
  return (
    <p class="small row">
      <span class="soft">Version {version.version}</span>
      <a href={examPath(exam.id)}>
        Examination {exam.accession}, {exam.patient.givenName} {exam.patient.familyName}
      </a>
      <a href={consentPath(exam.id)}>Consent</a>
      {row.status === 'published' && <a href={casePath(row.slug)}>The public page</a>}
    </p>
  );
}
