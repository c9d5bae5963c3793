import { TABLE_SOURCES, type TableSource } from './from-tables.ts';
import { NormError, type NormPackage } from './package.ts';
import { parseNormPackage } from './parse.ts';

/** A file as somebody picked it. */
export interface NormFile {
  readonly name: string;
  readonly text: string;
}

/** What picked files hold. Every file is named in exactly one of the three lists. */
export interface NormsOfFiles {
  readonly packages: readonly { readonly norms: NormPackage; readonly files: readonly string[] }[];
  /** Files that should hold norms and cannot be used, with the reason as a sentence. */
  readonly faults: readonly { readonly file: string; readonly message: string }[];
  /** Files that hold no norms of a kind that is known. */
  readonly unused: readonly string[];
}

/**
 * The norms in files that were picked together: packages in the format of NORMS.md, and published tables, which become
 * packages where all tables of a publication are among them. A fault in one file leaves the others untouched.
 */
export function normsFromFiles(files: readonly NormFile[]): NormsOfFiles {
  const results = [
    ...files.filter(isPackage).map(ofPackage),
    ...TABLE_SOURCES.map((one) => ofSource(one, files)),
  ];
  const ofTables = new Set(TABLE_SOURCES.flatMap(({ names }) => Object.values(names)));
  return {
    packages: results.flatMap(({ packages }) => packages),
    faults: results.flatMap(({ faults }) => faults),
    unused: files.filter((file) => !isPackage(file) && !ofTables.has(file.name)).map(({ name }) => name),
  };
}

type Result = Pick<NormsOfFiles, 'packages' | 'faults'>;

function isPackage({ name }: NormFile): boolean {
  return name.toLowerCase().endsWith('.json');
}

function ofPackage({ name, text }: NormFile): Result {
  try {
    return { packages: [{ norms: parseNormPackage(text), files: [name] }], faults: [] };
  } catch (error) {
    if (!(error instanceof NormError)) throw error;
    return { packages: [], faults: [{ file: name, message: error.message }] };
  }
}

function ofSource(source: TableSource, files: readonly NormFile[]): Result {
  const names = Object.values(source.names);
  const found = new Map(
    files.filter(({ name }) => names.includes(name)).map(({ name, text }) => [name, text]),
  );
  if (found.size === 0) return { packages: [], faults: [] };
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) {
    const message = `The norms of ${source.title} need ${missing.join(', ')} as well: pick all of their tables together.`;
    return { packages: [], faults: [...found.keys()].map((file) => ({ file, message })) };
  }
  try {
    return { packages: [{ norms: source.convert(found), files: names }], faults: [] };
  } catch (error) {
    if (!(error instanceof NormError)) throw error;
    return {
      packages: [],
      faults: names.map((file) => ({ file, message: faultWords(error, source, file) })),
    };
  }
}

/** The table with the fault tells it; those beside it say that they wait for it. */
function faultWords(error: NormError, { names, title }: TableSource, file: string): string {
  const damaged = names[error.path.split('.')[0] ?? ''];
  if (damaged === file) return error.message.replace(`${error.path}: `, '');
  return damaged === undefined
    ? error.message
    : `The norms of ${title} wait for ${damaged}, which has a fault.`;
}
