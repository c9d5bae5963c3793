import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface ManifestEntry {
  readonly file: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
  readonly imports?: readonly string[];
}

/** Finds the built, hashed name of a stylesheet, an island or a font. */
export interface Assets {
  /** The folder that the web server serves under /assets/. Null before a build. */
  readonly folder: string | null;
  /** `patient` or `desk`. */
  style(name: string): string;
  /** The path of the island's source below `clinic/`, without its ending. */
  island(source: string): string;
  /** The Latin font file, to be fetched ahead. */
  readonly font: string | null;
}

/** Reads Vite's manifest from `folder` (dist/client). Without a build, names stay plain, which tests use. */
export function readAssets(folder: string | null): Assets {
  const manifest = folder ? readManifest(folder) : {};
  const find = (key: string): string | undefined => manifest[key]?.file;
  const island = (source: string): string => {
    const file = find(`clinic/${source}.ts`) ?? find(`clinic/${source}.tsx`);
    if (folder && !file) throw new Error(`No built island for clinic/${source}`);
    return `/${file ?? `assets/${source}.js`}`;
  };
  const style = (name: string): string => {
    const file = find(`clinic/platform/web/styles/${name}.css`);
    if (folder && !file) throw new Error(`No built stylesheet ${name}`);
    return `/${file ?? `assets/${name}.css`}`;
  };
  const fonts = Object.values(manifest).map((entry) => entry.file);
  const font = fonts.find((file) => /hanken-grotesk-latin-wght-normal.*\.woff2$/.test(file));
  return { folder, style, island, font: font ? `/${font}` : null };
}

function readManifest(folder: string): Readonly<Record<string, ManifestEntry>> {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, ManifestEntry>;
}
