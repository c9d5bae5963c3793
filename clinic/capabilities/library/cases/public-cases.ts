import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import {
  type CaseClip,
  type CaseRow,
  type CaseVersion,
  caseOf,
  readCaseClips,
  readVersions,
  selectCases,
} from './case-records.ts';

/** A case as the public may see it. */
export interface PublicCase {
  readonly row: CaseRow;
  readonly version: CaseVersion;
  readonly clips: readonly CaseClip[];
}

/** What an address leads to: a case, one that was public and was withdrawn, or nothing. */
export type FoundCase =
  | { readonly kind: 'case'; readonly shown: PublicCase }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'none' };

export async function findPublicCase(clinic: ClinicTransaction, slug: string): Promise<FoundCase> {
  const row = await selectCases(clinic).where('slug', '=', slug).executeTakeFirst();
  if (!row || row.published_version === null) return { kind: 'none' };
  if (row.status === 'withdrawn') return { kind: 'withdrawn' };
  const shown = await shownCase(clinic, caseOf(row));
  return shown ? { kind: 'case', shown } : { kind: 'none' };
}

/** Every public case, the last published first. */
export async function listPublicCases(clinic: ClinicTransaction): Promise<readonly PublicCase[]> {
  const rows = await selectCases(clinic).where('status', '=', 'published').execute();
  const cases: PublicCase[] = [];
  for (const row of rows) {
    const shown = await shownCase(clinic, caseOf(row));
    if (shown) cases.push(shown);
  }
  return cases.sort((a, b) => (b.version.publishedAt ?? 0) - (a.version.publishedAt ?? 0));
}

/** Whether anything is public: pages that many see say no more than that. */
export async function hasPublicCases(clinic: ClinicTransaction): Promise<boolean> {
  const row = await selectCases(clinic).where('status', '=', 'published').limit(1).executeTakeFirst();
  return row !== undefined;
}

async function shownCase(clinic: ClinicTransaction, row: CaseRow): Promise<PublicCase | null> {
  const version = (await readVersions(clinic, row.id)).find((one) => one.version === row.publishedVersion);
  if (!version?.publishedAt) return null;
  return { row, version, clips: await readCaseClips(clinic, row.id, version.version) };
}

/** The public cases that stand on these consents: consent, address, title. */
export async function publicCasesOf(
  clinic: ClinicTransaction,
  consentIds: readonly string[],
): Promise<readonly { readonly consentId: string; readonly slug: string; readonly title: string }[]> {
  const cases = await listPublicCases(clinic);
  return cases
    .filter(({ row }) => consentIds.includes(row.consentId))
    .map(({ row, version }) => ({ consentId: row.consentId, slug: row.slug, title: version.content.title }));
}
