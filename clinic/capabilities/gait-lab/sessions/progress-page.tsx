import { Notice } from '../../../platform/web/layout/index.ts';
import type { Study } from '../core/study.ts';
import { studyPath } from './paths.ts';
import { progressWords } from './session-page.tsx';

/** How far a session is. The page asks again by itself, with nothing on it that could be lost. */
export function ProgressPage({ study }: { study: Study }) {
  const { progress, patient } = study;
  return (
    <div class="narrow-card stack">
      <h1>
        <span class="soft">Gait session: </span>
        {patient.givenName} {patient.familyName}
      </h1>
      <Notice kind="mark" title="Being processed" live>
        <p>{progressWords(study)}</p>
        <progress max={progress?.of ?? 1} value={progress?.done ?? 0} aria-label="Processing" />
      </Notice>
      <p>
        <a href={studyPath(study.id)}>Back to the session.</a> It goes on without you.
      </p>
    </div>
  );
}
