import { Notice } from '../../../platform/web/layout/index.ts';
import { NO_CLIP_WORDS } from './case-content.ts';
import { CaseNumbers } from './case-numbers.tsx';
import { paragraphsOf } from './case-page.tsx';
import type { CaseClip, CaseVersion, Stage } from './case-records.ts';
import { deskCasePath } from './paths.ts';
import { CHECKS } from './review-case.ts';
import { PicturesOfClip } from './write-page.tsx';

export interface ReviewPageProps {
  readonly caseId: string;
  readonly version: CaseVersion;
  readonly stage: Stage;
  readonly clips: readonly CaseClip[];
  readonly mayReview: boolean;
  readonly obstacles: readonly string[];
  readonly nameOf: (userId: string) => string;
  readonly day: (instant: number) => string;
  readonly locale: string;
  /** What was posted and refused. */
  readonly problem: string | null;
  readonly ticked: ReadonlySet<string>;
  readonly note: string;
}

/** A version that was sent: all of it, and what can be done with it now. */
export function ReviewPage(props: ReviewPageProps) {
  const { caseId, version, stage, clips, nameOf, day, locale } = props;
  const { content, review, reviewedBy, reviewedAt, publishedAt } = version;
  return (
    <>
      {review && reviewedBy && reviewedAt !== null && (
        <Notice
          kind={review.decision === 'approved' ? 'good' : 'warn'}
          title={review.decision === 'approved' ? 'Approved' : 'Sent back'}
        >
          <p>
            {nameOf(reviewedBy)}, {day(reviewedAt)}.{review.note !== '' && ` “${review.note}”`}
            {publishedAt !== null && ` Published ${day(publishedAt)}.`}
          </p>
        </Notice>
      )}
      <section class="card stack case-read">
        <h2>{content.title}</h2>
        <p>
          <b>{content.summary}</b>
        </p>
        {clips.map((clip) => {
          const words = content.clips[clip.position] ?? NO_CLIP_WORDS;
          return (
            <div key={clip.id} class="stack">
              <PicturesOfClip caseId={caseId} clip={clip} />
              <p class="small">{words.caption}</p>
              <p class="small soft">What can be seen: {words.description}</p>
            </div>
          );
        })}
        {paragraphsOf(content.text).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <CaseNumbers numbers={content.numbers} locale={locale} />
        {content.letStand.length > 0 && (
          <p class="small">
            Let stand by the writer: {content.letStand.map((one) => `“${one}”`).join(', ')}.
          </p>
        )}
      </section>
      {stage === 'in-review' &&
        (props.mayReview ? <ReviewForm {...props} /> : <NotYours nameOf={nameOf} version={version} />)}
      {stage === 'approved' && <PublishForm {...props} />}
      {stage !== 'in-review' && (
        <form method="post" action={deskCasePath(caseId, 'versions')} class="stack">
          <p class="small soft">
            This version stays as it is. A change is a new version, which a second person looks at again.
            {stage === 'published' && ' Until that one is published, this one stays public.'}
          </p>
          <p>
            <button type="submit">Begin a new version</button>
          </p>
        </form>
      )}
    </>
  );
}

function ReviewForm({ caseId, problem, ticked, note, obstacles }: ReviewPageProps) {
  return (
    <form method="post" action={deskCasePath(caseId, 'review')} class="card stack" aria-labelledby="review">
      <h2 id="review">Your review</h2>
      {problem && <Notice kind="danger" title={problem} live />}
      {obstacles.map((one) => (
        <Notice key={one} kind="danger" title={one} />
      ))}
      <fieldset class="picks">
        <legend>To approve it, confirm each line</legend>
        {CHECKS.map(({ id, words }) => (
          <label class="pick" key={id}>
            <input type="checkbox" name="checks" value={id} checked={ticked.has(id)} />
            {words}
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for="review-note">
          What should change <small>(needed to send it back)</small>
        </label>
        <textarea id="review-note" name="note" rows={3} maxLength={1000}>
          {note}
        </textarea>
      </div>
      <div class="row">
        <button type="submit" name="decision" value="approved" class="primary">
          Approve
        </button>
        <button type="submit" name="decision" value="sent-back">
          Send back
        </button>
      </div>
    </form>
  );
}

function NotYours({ version, nameOf }: Pick<ReviewPageProps, 'version' | 'nameOf'>) {
  return (
    <Notice kind="plain" title="Waits for a second person">
      <p>
        Written by {version.content.writers.map(nameOf).join(' and ')}: somebody else must look at it, another
        clinician or the owner.
      </p>
    </Notice>
  );
}

function PublishForm({ caseId, obstacles, problem }: ReviewPageProps) {
  return (
    <form method="post" action={deskCasePath(caseId, 'publish')} class="card stack">
      <h2>Publish</h2>
      {problem && <Notice kind="danger" title={problem} live />}
      {obstacles.map((one) => (
        <Notice key={one} kind="danger" title={one} />
      ))}
      <p class="small">Everybody can see it from then on, until the patient takes the consent back.</p>
      <p>
        <button type="submit" class="primary">
          Publish this version
        </button>
      </p>
    </form>
  );
}
