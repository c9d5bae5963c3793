import { type ClinicView, PUBLIC_ROUTES, PublicLayout } from '../../../platform/web/layout/index.ts';
import { ARTICLES } from './catalogue.ts';

/** Title and description of the list of articles, for the document's head. */
export const ARTICLES_META = {
  title: 'Articles',
  description:
    'Short pages on back pain after birth, on lifting a child, and on muscle strains. With their sources.',
} as const;

/** All articles, each by the words of the person who looks for it. */
export function ArticlesPage({ clinic, hasCases = false }: { clinic: ClinicView; hasCases?: boolean }) {
  return (
    <PublicLayout clinic={clinic} path={PUBLIC_ROUTES.articles}>
      <header class="pagehead stack">
        <h1>Articles</h1>
        <p class="lead">
          Written by the clinic, with the sources at the end. Each needs sign-off by your clinician.
        </p>
      </header>
      <ul class="offers articles">
        {ARTICLES.map((article) => (
          <li key={article.path}>
            <div>
              <p class="tiny soft">“{article.complaint}”</p>
              <h2>
                <a href={article.path}>{article.title}</a>
              </h2>
              <p class="small">{article.promise}</p>
            </div>
            <p class="price">
              <span class="small soft">{article.minutes} min</span>
            </p>
          </li>
        ))}
      </ul>
      {hasCases && (
        <p class="row">
          <a class="btn" href={PUBLIC_ROUTES.cases}>
            Case studies: pictures that move
          </a>
        </p>
      )}
    </PublicLayout>
  );
}
