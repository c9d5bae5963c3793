import type { FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { Assets } from './assets.ts';
import { Document, PublicLayout, renderPage } from './layout/index.ts';
import { clinicView } from './views.ts';

export interface PublicPageOptions {
  readonly title: string;
  readonly description?: string;
  /** Sources of islands below `clinic/`, such as `capabilities/booking/islands/hold-clock`. */
  readonly islands?: readonly string[];
  /** False within a booking, where the thumb bar belongs to the step. */
  readonly dock?: boolean;
  readonly contained?: boolean;
  readonly noIndex?: boolean;
}

/** A whole public page as text: shell, header and footer around `children`. */
export function publicPage(
  assets: Assets,
  request: FastifyRequest,
  options: PublicPageOptions,
  children: ComponentChildren,
): string {
  const path = request.url.split('?', 1)[0] ?? '/';
  return renderPage(
    <Document
      lang={request.clinic.locale}
      title={options.title}
      siteName={request.clinic.name}
      description={options.description}
      styles={[assets.style('patient')]}
      fontHref={assets.font ?? undefined}
      scripts={(options.islands ?? []).map((source) => assets.island(source))}
      noIndex={options.noIndex}
    >
      <PublicLayout
        clinic={clinicView(request.clinic)}
        path={path}
        dock={options.dock}
        contained={options.contained}
      >
        {children}
      </PublicLayout>
    </Document>,
  );
}
