import type { ComponentChildren } from 'preact';
import {
  type ClinicView,
  type NextFreeView,
  Notice,
  PUBLIC_ROUTES,
  PublicLayout,
} from '../../../platform/web/layout/index.ts';
import type { ArticleMeta } from './catalogue.ts';
import { type Source, SourceList } from './sources.tsx';

/** What the application hands to each article. */
export interface ArticleProps {
  clinic: ClinicView;
  /** The next opening, shown beside the next step; null leaves it out. */
  nextFree: NextFreeView;
  /** Whether the clinic shows cases that an article may lead to. */
  hasCases?: boolean;
}

/** One part of an article; `id` is its anchor. */
export interface ArticlePart {
  readonly id: string;
  readonly title: string;
  readonly body: ComponentChildren;
}

/** The next useful step: what to do, in a sentence, and the button for it. */
export interface NextStep {
  readonly text: string;
  readonly label: string;
  readonly href: string;
}

interface ArticlePageProps extends ArticleProps {
  meta: ArticleMeta;
  /** Ends the sentence "Get emergency care now if …". */
  emergency: ComponentChildren;
  parts: readonly ArticlePart[];
  sources: readonly Source[];
  next: NextStep;
}

/** The shape of every article: emergency first, contents, text, sources, and the next step always near. */
export function ArticlePage({ clinic, nextFree, meta, emergency, parts, sources, next }: ArticlePageProps) {
  return (
    <PublicLayout clinic={clinic} path={meta.path}>
      <article>
        <header class="pagehead stack">
          <p class="small crumbs">
            <a href={PUBLIC_ROUTES.articles}>Articles</a> <span class="soft">/ {meta.crumb}</span>
          </p>
          <h1>{meta.title}</h1>
          <p class="lead">{meta.lead}</p>
          <p class="tiny soft">
            {meta.minutes} min · Written by the clinic, version {meta.version} · Needs sign-off by your
            clinician
          </p>
          <Notice kind="danger" title="Get emergency care now">
            {emergency}
          </Notice>
        </header>
        <div class="cols">
          <Contents parts={parts} />
          <div class="text">
            {parts.map((part) => (
              <section key={part.id} id={part.id} class="stack">
                <h2>{part.title}</h2>
                {part.body}
              </section>
            ))}
            <SourceList sources={sources} />
          </div>
          <NextCard next={next} nextFree={nextFree} />
        </div>
      </article>
    </PublicLayout>
  );
}

function Contents({ parts }: { parts: readonly ArticlePart[] }) {
  const links = [...parts, { id: 'sources', title: 'Sources' }].map((part) => (
    <li key={part.id}>
      <a href={`#${part.id}`}>{part.title}</a>
    </li>
  ));
  return (
    <>
      <nav class="toc small wide" aria-label="On this page">
        <ol>{links}</ol>
      </nav>
      <details class="contents toc small narrow">
        <summary>On this page</summary>
        <ol>{links}</ol>
      </details>
    </>
  );
}

function NextCard({ next, nextFree }: { next: NextStep; nextFree: NextFreeView }) {
  return (
    <aside class="next card stack" aria-labelledby="next-step">
      <h2 id="next-step">What you can do now</h2>
      <p class="small">{next.text}</p>
      <a class="btn primary roomy" href={next.href}>
        {next.label}
      </a>
      <a class="btn roomy" href={PUBLIC_ROUTES.telehealth}>
        Request telehealth
      </a>
      {nextFree && (
        <p class="tiny soft">
          Next free: {nextFree.label}, {nextFree.siteName}
        </p>
      )}
    </aside>
  );
}
