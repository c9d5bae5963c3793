import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { openSignedId } from '../../../platform/web/signed-id.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { requireStaff } from '../../accounts/index.ts';
import { readPaper, readStatement } from './read-papers.ts';
import { paperTitle, receiptPdf } from './receipt-pdf.ts';
import { statementPdf, statementTitle } from './statement-pdf.ts';

/** Making a paper costs more than a page does. */
const LIMIT = { rateLimit: { max: 30, timeWindow: 60_000 } };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface ByKey {
  readonly Params: { readonly key: string };
}
interface PaperByKey {
  readonly Params: { readonly key: string; readonly documentId: string };
}
interface ById {
  readonly Params: { readonly id: string };
}
interface PaperById {
  readonly Params: { readonly id: string; readonly documentId: string };
  /** `?copy` marks a paper that is printed once more. */
  readonly Querystring: { readonly copy?: string };
}

/** Receipts, credit notes and statements as PDF: with an order's signed link, and for the clinic's staff. */
export async function paperRoutes(app: FastifyInstance, platform: Platform): Promise<void> {
  const staff = { preHandler: requireStaff() };

  app.get<PaperByKey>('/orders/:key/papers/:documentId.pdf', { config: LIMIT }, (request, reply) =>
    sendPaper(request, reply, orderOf(platform, request.params.key), request.params.documentId),
  );
  app.get<ByKey>('/orders/:key/statement.pdf', { config: LIMIT }, (request, reply) =>
    sendStatement(platform, request, reply, orderOf(platform, request.params.key)),
  );
  app.get<PaperById>('/desk/orders/:id/papers/:documentId.pdf', staff, (request, reply) =>
    sendPaper(request, reply, request.params.id, request.params.documentId, request.query.copy !== undefined),
  );
  app.get<ById>('/desk/orders/:id/statement.pdf', staff, (request, reply) =>
    sendStatement(platform, request, reply, request.params.id),
  );
}

function orderOf({ config }: Platform, key: string): string {
  const id = config.secret ? openSignedId(config.secret, 'order', key) : null;
  if (!id) throw notFound('order');
  return id;
}

async function sendPaper(
  request: FastifyRequest,
  reply: FastifyReply,
  orderId: string,
  documentId: string,
  copy = false,
): Promise<FastifyReply> {
  if (!UUID.test(orderId) || !UUID.test(documentId)) throw notFound('paper');
  const paper = await inClinic(request.context, async (clinic) => {
    const found = await readPaper(clinic, orderId, documentId);
    if (found)
      await record(clinic, { action: 'document.viewed', subject: { kind: 'document', id: documentId } });
    return found;
  });
  if (!paper) throw notFound('paper');
  return sendPdf(reply, paperTitle(paper), await receiptPdf({ ...paper, copy }));
}

async function sendStatement(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  orderId: string,
): Promise<FastifyReply> {
  if (!UUID.test(orderId)) throw notFound('order');
  const statement = await inClinic(request.context, async (clinic) => {
    const wish = { orderIds: [orderId], period: null, at: platform.clock.now() };
    const found = await readStatement(clinic, request.clinic, wish);
    if (found) await record(clinic, { action: 'statement.viewed', subject: { kind: 'order', id: orderId } });
    return found;
  });
  if (!statement) throw notFound('order');
  return sendPdf(reply, statementTitle(statement), await statementPdf(statement));
}

/** Shown in the browser, and saved under a name of its own. */
export function sendPdf(reply: FastifyReply, title: string, pdf: Buffer): FastifyReply {
  // A header carries plain letters only; a month's name in another language may have more.
  const plain = title.normalize('NFD').replace(/[^ \w.-]/g, '');
  const full = plain === title ? '' : `; filename*=UTF-8''${encodeURIComponent(`${title}.pdf`)}`;
  return reply
    .type('application/pdf')
    .header('cache-control', 'no-store')
    .header('content-disposition', `inline; filename="${plain}.pdf"${full}`)
    .send(pdf);
}
