import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** What the shell of a page needs. */
export interface DocumentProps {
  /** BCP 47 tag of the page's language. */
  lang: string;
  /** Title without the clinic's name, e.g. `Services`. */
  title: string;
  /** Name that follows the title in the browser's tab. */
  siteName: string;
  /** One or two sentences for search engines and shared links. */
  description?: string | undefined;
  theme?: 'patient' | 'desk' | 'imaging' | undefined;
  /** Addresses of the built style sheets. */
  styles: readonly string[];
  /** Address of the built latin font file; it is preloaded. */
  fontHref?: string | undefined;
  /** Addresses of the built islands of this page; none on a reading page. */
  scripts?: readonly string[] | undefined;
  /** Address of the icon; see `FAVICON_SVG`. */
  iconHref?: string | undefined;
  /** Full address of this page, for search engines. */
  canonical?: string | undefined;
  /** Keeps the page out of search engines: manage links, desk pages, errors. */
  noIndex?: boolean | undefined;
  children: ComponentChildren;
}

/** The shell of every page. Holds no inline style and no inline script, so that a strict policy holds. */
export function Document(props: DocumentProps) {
  const { lang, title, siteName, description, theme = 'patient', iconHref = '/favicon.svg' } = props;
  return (
    <html lang={lang} data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${siteName}`}</title>
        {description && <meta name="description" content={description} />}
        {props.noIndex && <meta name="robots" content="noindex" />}
        {props.canonical && <link rel="canonical" href={props.canonical} />}
        {props.fontHref && (
          <link rel="preload" href={props.fontHref} as="font" type="font/woff2" crossOrigin="anonymous" />
        )}
        {props.styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        <link rel="icon" href={iconHref} type="image/svg+xml" />
        {props.scripts?.map((src) => (
          <script key={src} type="module" src={src} />
        ))}
      </head>
      <body class="page">{props.children}</body>
    </html>
  );
}

/** Turns a `Document` into the text of a response, with its doctype. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
