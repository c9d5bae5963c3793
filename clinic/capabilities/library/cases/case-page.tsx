import { type ClinicView, PUBLIC_ROUTES, PublicLayout } from '../../../platform/web/layout/index.ts';
import { BACK_PAIN, CONTRACTION, LIFTING } from '../articles/catalogue.ts';
import { CaseClipFigure } from './case-clip.tsx';
import { type CaseContent, NO_CLIP_WORDS } from './case-content.ts';
import { CaseNumbers } from './case-numbers.tsx';
import { casePath, picturePath } from './paths.ts';
import type { PublicCase } from './public-cases.ts';

const ARTICLE_OF = { contraction: CONTRACTION, 'back-pain': BACK_PAIN, lifting: LIFTING } as const;

/** A case: pictures that move between rest and contraction, what was measured, and what it means. */
export function CasePage({ clinic, shown }: { clinic: ClinicView; shown: PublicCase }) {
  const { row, version, clips } = shown;
  const { content } = version;
  return (
    <PublicLayout clinic={clinic} path={casePath(row.slug)}>
      <article class="case">
        <header class="pagehead stack">
          <p class="small crumbs">
            <a href={PUBLIC_ROUTES.cases}>Case studies</a>
          </p>
          <h1>{content.title}</h1>
          <p class="lead">{content.summary}</p>
          <p class="tiny soft">
            {row.simulated && 'Simulated: no patient is shown. '}Shown with consent, checked by a second
            person · Version {version.version}
          </p>
        </header>
        <div class="case-cols">
          <div class="stack case-main">
            {clips.map((clip) => (
              <CaseClipFigure
                key={clip.id}
                clip={clip}
                words={content.clips[clip.position] ?? NO_CLIP_WORDS}
                simulated={row.simulated}
                locale={clinic.locale}
                srcOf={(of, at) => picturePath(row.slug, of, at)}
                allHref={picturePath(row.slug, clip, 'all')}
              />
            ))}
            <div class="stack">
              {paragraphsOf(content.text).map((paragraph) => (
                <p key={paragraph}>{paragraph}</p>
              ))}
            </div>
            <CaseNumbers numbers={content.numbers} locale={clinic.locale} />
          </div>
          <NextStep reading={content.reading} />
        </div>
      </article>
    </PublicLayout>
  );
}

function NextStep({ reading }: Pick<CaseContent, 'reading'>) {
  const article = reading && ARTICLE_OF[reading];
  return (
    <aside class="next card stack" aria-labelledby="next-step">
      <h2 id="next-step">What you can do now</h2>
      <p class="small">
        One case is not your case. If something here sounds like you, have it looked at while it moves.
      </p>
      <a class="btn primary roomy" href={PUBLIC_ROUTES.book}>
        Book now
      </a>
      {article && (
        <a class="btn roomy" href={article.path}>
          Read: {article.crumb.toLowerCase()}
        </a>
      )}
    </aside>
  );
}

export function paragraphsOf(text: string): readonly string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}
