export type { ArticleProps } from './articles/article-page.tsx';
export { ARTICLES_META, ArticlesPage } from './articles/articles-index.tsx';
export { BackPainArticle } from './articles/back-pain-after-birth.tsx';
export { ARTICLES, type ArticleMeta, BACK_PAIN, CONTRACTION, LIFTING } from './articles/catalogue.ts';
export { LiftingArticle } from './articles/lifting-and-holding.tsx';
export { ContractionArticle } from './articles/look-while-it-contracts.tsx';
export { HOME_META, HomePage, type HomePageProps } from './home.tsx';
export { SERVICES_META, ServicesPage } from './services.tsx';
export { TEAM_META, TeamPage } from './team.tsx';
