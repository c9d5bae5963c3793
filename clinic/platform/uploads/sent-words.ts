import type { ReceivedForm } from './receive-form.ts';
import type { UploadKind } from './upload-kind.ts';

const MB = 1024 * 1024;

type Limits = Pick<UploadKind, 'largest' | 'most'>;

const problems = ({ largest, most }: Limits): Readonly<Record<ReceivedForm['problems'][number], string>> => ({
  none: 'No file was picked.',
  damaged: 'The form arrived damaged, and nothing of it was kept. Please send it again.',
  name: 'A file without a name cannot be taken.',
  size: 'An empty file was not taken: it holds not one byte.',
  'too-large': `A file larger than ${largest / MB} MB was not taken.`,
  'too-many': `At most ${most} files are taken here; the rest was not.`,
  checksum: 'A file changed on its way here. Please send it again.',
  offset: 'A file is being sent by another window as well. Please wait for that one.',
  gone: 'An upload is not known any more. Please send the file again.',
});

/** The address part that carries what became of a form's files to the next page. */
export function sentQuery({ taken, refused, problems }: ReceivedForm): string {
  const query = new URLSearchParams({ taken: String(taken), refused: String(refused) });
  for (const problem of new Set(problems)) query.append('problem', problem);
  return query.toString();
}

/** The same in words; nothing for a page that no form led to. */
export function sentWords(query: Readonly<Record<string, unknown>>, limits: Limits): readonly string[] {
  const count = (name: string) => {
    const value = query[name];
    return typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : 0;
  };
  const [taken, refused] = [count('taken'), count('refused')];
  const met = [query.problem ?? []].flat();
  return [
    ...(taken > 0 ? [taken === 1 ? 'One file was taken.' : `${taken} files were taken.`] : []),
    ...(refused > 0
      ? [
          refused === 1
            ? 'One file cannot be used: the list says why.'
            : `${refused} files cannot be used: the list says why.`,
        ]
      : []),
    ...Object.entries(problems(limits)).flatMap(([problem, words]) => (met.includes(problem) ? [words] : [])),
  ];
}
