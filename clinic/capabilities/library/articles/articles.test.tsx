import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { TWO_SITES } from '../test-clinic.ts';
import { BackPainArticle } from './back-pain-after-birth.tsx';
import { BACK_PAIN, CONTRACTION, LIFTING } from './catalogue.ts';
import { LiftingArticle } from './lifting-and-holding.tsx';
import { ContractionArticle } from './look-while-it-contracts.tsx';
import { Cite } from './sources.tsx';

const WORDS_PER_MINUTE = 220;

const ARTICLES = [
  { meta: BACK_PAIN, Article: BackPainArticle },
  { meta: LIFTING, Article: LiftingArticle },
  { meta: CONTRACTION, Article: ContractionArticle },
];

describe.each(ARTICLES)('$meta.title', ({ meta, Article }) => {
  const html = renderToString(<Article clinic={TWO_SITES} nextFree={null} />);
  const article = html.slice(html.indexOf('<article>'), html.indexOf('</article>'));
  const text = wordsOf(article.slice(0, article.indexOf('id="sources"')));

  it('takes about as long to read as it says, four to six minutes', () => {
    expect(Math.abs(text.length / WORDS_PER_MINUTE - meta.minutes)).toBeLessThan(0.6);
    expect(meta.minutes).toBeGreaterThanOrEqual(4);
    expect(meta.minutes).toBeLessThanOrEqual(6);
  });

  it('cites every source that it lists, numbered in the order of first mention', () => {
    const listed = [...article.matchAll(/<li id="source-(\d+)"/g)].map(([, number]) => Number(number));
    const cited = [...article.matchAll(/href="#source-(\d+)"/g)].map(([, number]) => Number(number));
    expect([...new Set(cited)]).toEqual(listed);
  });

  it('says when to get emergency care before anything else', () => {
    expect(article.indexOf('Get emergency care now')).toBeLessThan(article.indexOf('<h2'));
  });

  it('asks for sign-off, promises nothing and judges nobody', () => {
    expect(article).toContain('Needs sign-off by your clinician');
    expect(text.join(' ')).not.toMatch(
      /\b(normal|abnormal|wrong|cured?|guaranteed|will be better|pain-free)\b/i,
    );
  });

  it('has a drawing and leads to the next step', () => {
    expect(article).toContain('<svg');
    expect(article).toContain('What you can do now');
  });
});

it('refuses to cite a source that the article does not list', () => {
  expect(() => renderToString(<Cite from={[{ id: 'a', text: 'A' }]} id="b" />)).toThrow('no source "b"');
});

/** Visible words of a piece of markup. */
function wordsOf(html: string): string[] {
  const text = html.replaceAll(
    /<nav[\s\S]*?<\/nav>|<details[\s\S]*?<\/details>|<svg[\s\S]*?<\/svg>|<sup[\s\S]*?<\/sup>/g,
    ' ',
  );
  return text
    .replaceAll(/<[^>]*>?/g, ' ')
    .split(/\s+/)
    .filter((word) => /\w/.test(word));
}
