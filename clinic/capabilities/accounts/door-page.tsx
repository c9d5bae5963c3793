import type { FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { DemoLine, Document, Mark, renderPage } from '../../platform/web/layout/index.ts';
import type { Platform } from '../../platform/web/server.ts';

/** A quiet page with one thing to do, before or between the pages of the desk. */
export function doorPage(
  platform: Platform,
  request: FastifyRequest,
  title: string,
  children: ComponentChildren,
  /** For search engines; without one, they are asked to keep out. */
  description?: string,
  islands: readonly string[] = [],
): string {
  const { clinic } = request;
  return renderPage(
    <Document
      lang={clinic.locale}
      title={title}
      siteName={clinic.name}
      styles={[platform.assets.style('patient')]}
      fontHref={platform.assets.font ?? undefined}
      scripts={islands.map((source) => platform.assets.island(source))}
      description={description}
      noIndex={description === undefined}
    >
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <DemoLine demo={clinic.demo} />
        <div class="wrap top">
          <a class="mark" href="/" aria-label={`${clinic.name}, home`}>
            <Mark />
            {clinic.name}
          </a>
        </div>
      </header>
      <main id="main" class="wrap door" tabIndex={-1}>
        {children}
      </main>
    </Document>,
  );
}
