import lighthouse from 'lighthouse';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** Lighthouse's verdict on one page as a phone sees it. */
export interface Verdict {
  readonly path: string;
  /** 0 to 100. */
  readonly scores: Readonly<Record<string, number>>;
  /** What cost points, by its title. */
  readonly complaints: readonly string[];
}

/** Measures a page with the Chromium that listens for its debugger on `port`. */
export async function judge(url: string, path: string, port: number): Promise<Verdict> {
  const run = await lighthouse(url + path, {
    port,
    output: 'json',
    logLevel: 'silent',
    onlyCategories: [...CATEGORIES],
  });
  if (!run) throw new Error(`Lighthouse has nothing to say about ${path}`);
  const { categories, audits } = run.lhr;
  const scores = Object.fromEntries(
    CATEGORIES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)]),
  );
  const complaints = CATEGORIES.flatMap((name) => categories[name]?.auditRefs ?? [])
    .filter((reference) => reference.weight > 0)
    .map((reference) => audits[reference.id])
    .filter((audit) => audit?.score !== null && audit?.score !== undefined && audit.score < 0.9)
    .map((audit) => `${audit?.title} (${audit?.displayValue ?? audit?.score})`);
  return { path, scores, complaints };
}
