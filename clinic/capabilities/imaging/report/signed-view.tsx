import type { ComponentChildren } from 'preact';
import { examPath } from '../core/paths.ts';
import { gradeOf, gradeWords } from './grading-criteria.ts';
import { TOLD_WORDS, URGENCY_WORDS } from './safety-fields.tsx';
import { FINDING_WORDS, type SignedContent } from './signed-content.ts';

export interface SignedViewProps {
  readonly content: SignedContent;
  /** The last version's number, where this one has been replaced. */
  readonly replacedBy: number | null;
  /** Labels of clips that were set aside after the signing. */
  readonly setAside: readonly string[];
  readonly moment: (instant: number) => string;
}

/** A signed version, as it was signed. */
export function SignedView({ content, replacedBy, setAside, moment }: SignedViewProps) {
  const path = examPath(content.exam.id, 'report');
  return (
    <section class="card stack us-signed" aria-labelledby="signed">
      <h2 id="signed">
        {FINDING_WORDS[content.finding]}
        {content.exam.side && <span class="soft">, {content.exam.side}</span>}
      </h2>
      {replacedBy !== null && (
        <p class="notice" data-kind="warn">
          Version {replacedBy} has replaced this one. <a href={path}>See the last version</a>
        </p>
      )}
      {setAside.length > 0 && (
        <p class="notice" data-kind="warn">
          Set aside since this was signed: {setAside.join(', ')}. If the report no longer holds, write a
          correction.
        </p>
      )}
      {content.correction && (
        <Part title={`Why version ${content.correction.ofVersion} was corrected`}>
          <p class="written">{content.correction.reason}</p>
        </Part>
      )}
      <Facts content={content} />
      <Part title="What was seen">
        <p class="written">{content.findings.text}</p>
      </Part>
      <Part title="Conclusion">
        <p class="written">{content.conclusion}</p>
      </Part>
      {content.exceptions.map(({ rule, words, reason }) => (
        <Part key={rule} title={words}>
          <p class="written">{reason}</p>
        </Part>
      ))}
      {content.referral && <Told referral={content.referral} moment={moment} />}
      <p class="small soft">
        Signed by {content.signer.name}, {moment(content.signedAt)}, version {content.version}
      </p>
      {replacedBy === null && (
        <p>
          <a class="btn" href={`${path}?edit#report`}>
            Write a correction
          </a>
        </p>
      )}
    </section>
  );
}

function Facts({ content }: { content: SignedContent }) {
  const { system, grade, words } = content.grading;
  const graded = gradeOf(system, grade);
  const facts: readonly (readonly [string, string])[] = [
    ['Anatomy', content.anatomy],
    ['Question', content.exam.question],
    ['Manoeuvre', content.manoeuvre],
    ['Position', content.position],
    ['Where in it', content.findings.location],
    ['Echo pattern', content.findings.echoPattern],
    ['Fluid', content.findings.fluid],
    ['Grade', `${gradeWords(system, grade)}${graded ? `; ${graded.criteria.citation}` : ''}`],
    ['About the grade', words],
  ];
  return (
    <dl class="facts">
      {facts
        .filter(([, text]) => text !== '')
        .map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}

function Told(props: {
  referral: NonNullable<SignedContent['referral']>;
  moment: (instant: number) => string;
}) {
  const { referral, moment } = props;
  return (
    <Part title="Told, and referred">
      <p class="written">
        {referral.toldName}, {TOLD_WORDS[referral.toldHow]}, {moment(referral.toldAt)}. Referred to{' '}
        {referral.referredTo} ({URGENCY_WORDS[referral.urgency].toLowerCase()}): {referral.reason}
      </p>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="us-part">
      <h3>{title}</h3>
      {children}
    </div>
  );
}
