import type { FastifyReply, FastifyRequest } from 'fastify';
import { Document, ErrorBody, ErrorPage, renderPage } from './layout/index.ts';
import type { Platform } from './platform.ts';
import { UserError } from './user-error.ts';
import { clinicView } from './views.ts';

const WORDS: Readonly<Record<number, readonly [title: string, message: string]>> = {
  400: [
    'We could not read that',
    'The form arrived damaged. Go back, check what you typed, and send it again.',
  ],
  413: [
    'That is too much text',
    'The form you sent is larger than we accept. Go back and shorten it; what you typed is still there.',
  ],
  415: ['We only accept forms', 'Please send this from the form on our page.'],
};

/** Turns whatever went wrong into a page in words of the task, and logs what only we can mend. */
export function errorResponse(
  platform: Platform,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error instanceof UserError ? error.status : statusOf(error);
  if (status >= 500) request.log.error({ err: error, id: request.id }, 'request failed');
  const words = WORDS[status];
  const body = {
    status,
    title: error instanceof UserError ? error.title : words?.[0],
    message: error instanceof UserError || status === 429 ? (error as Error).message : words?.[1],
    reference: status >= 500 ? request.id : undefined,
    next:
      error instanceof UserError && error.next ? (
        <a class="btn primary" href={error.next.href}>
          {error.next.label}
        </a>
      ) : undefined,
  };
  const clinic = request.clinic as FastifyRequest['clinic'] | undefined;
  const page = (
    <Document
      lang={clinic?.locale ?? 'en-GB'}
      title={body.title ?? 'Something went wrong'}
      siteName={clinic?.name ?? 'Rectus'}
      styles={[platform.assets.style('patient')]}
      noIndex
    >
      {clinic ? (
        <ErrorPage clinic={clinicView(clinic)} {...body} />
      ) : (
        <main class="wrap">
          <ErrorBody {...body} />
        </main>
      )}
    </Document>
  );
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(renderPage(page));
}

function statusOf(error: unknown): number {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
