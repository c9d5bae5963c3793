import { dateAt, isDate } from '@rectus/schedule';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { Clinic, Site } from '../../../platform/web/clinics.ts';
import { type FormValues, readForm } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { blockTime, bookingOf, readCatalogue, unblockTime } from '../../booking/index.ts';
import { momentOf } from '../appointments/moment.ts';
import { dayHref } from '../board/day-page.tsx';
import { dateOr, siteOf } from '../board/read-board.ts';
import { type BlockDetails, BlockPage, NewBlockPage } from './block-page.tsx';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LONGEST_MS = 16 * 3_600_000;

const blockForm = z.object({
  site: z.string().default(''),
  resources: z
    .string({ error: 'Please choose for whom or what.' })
    .transform((text) => text.split('\n').filter((id) => UUID.test(id)))
    .refine((ids) => ids.length > 0, 'Please choose for whom or what.'),
  label: z
    .string({ error: 'Please say what it is.' })
    .transform((text) => text.trim())
    .refine((text) => text !== '', 'Please say what it is, such as Break.')
    .refine((text) => text.length <= 80, 'Up to 80 characters, please.'),
  date: z.string({ error: 'Please choose a day.' }).refine(isDate, 'Please choose a day.'),
  from: z.string({ error: 'Please give a time.' }).regex(/^\d\d:\d\d$/, 'Please give a time.'),
  to: z.string({ error: 'Please give a time.' }).regex(/^\d\d:\d\d$/, 'Please give a time.'),
});

/** Time that is not for patients: a break, a calibration. */
export function blockRoutes(app: FastifyInstance, platform: Platform): void {
  const staff = { preHandler: requireStaff() };

  app.get<{ Querystring: Record<string, unknown> }>('/desk/blocks/new', staff, async (request, reply) => {
    const { query } = request;
    const site = siteOf(request.clinic, query.site);
    if (!site) throw notFound('site');
    const date = dateOr(query.date, dateAt(platform.clock.now(), site.timeZone));
    const text = (name: string) =>
      typeof query[name] === 'string' ? (query[name] as string).slice(0, 100) : '';
    const values = { date, from: text('time'), to: '', label: 'Break', resources: text('resource') };
    return sendForm(platform, request, reply, site, { values, errors: {} });
  });

  app.post('/desk/blocks', staff, async (request, reply) => {
    const form = readForm(blockForm, request.body);
    const site = siteOf(request.clinic, form.values.site);
    if (!site) throw notFound('site');
    if (!form.ok) return sendForm(platform, request, reply.status(422), site, form);
    const { value, values } = form;
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const refuse = (field: string, message: string) =>
      sendForm(platform, request, reply.status(422), site, { values, errors: { [field]: message } });
    if (value.resources.some((id) => !catalogue.resource(id)))
      return refuse('resources', 'Please choose again.');
    const start = momentOf({ date: value.date, time: value.from }, site.timeZone);
    const end = momentOf({ date: value.date, time: value.to }, site.timeZone);
    if (start === null || end === null) return refuse('date', 'Please give a day and times that exist.');
    if (end <= start || end - start > LONGEST_MS) return refuse('to', 'This must lie after the beginning.');
    const blocked = await blockTime(bookingOf(platform, request), {
      resourceIds: value.resources,
      start,
      end,
      label: value.label,
    });
    if (!blocked.ok) return refuse('from', 'Something is booked in that time already. Move it first.');
    return reply.redirect(dayHref(site.slug, value.date), 303);
  });

  app.get<{ Params: { id: string } }>('/desk/blocks/:id', staff, async (request, reply) => {
    const block = await findBlock(request.context, request.params.id);
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const site = siteOfBlock(request.clinic, block, (id) => catalogue.resource(id)?.siteId ?? null);
    const backHref = dayHref(site.slug, dateAt(block.start, site.timeZone));
    const page = (
      <BlockPage
        clinic={request.clinic}
        site={site}
        catalogue={catalogue}
        block={block}
        backHref={backHref}
      />
    );
    return sendPage(reply, await deskPage(platform, request, { title: block.label, current: 'day' }, page));
  });

  app.post<{ Params: { id: string } }>('/desk/blocks/:id/remove', staff, async (request, reply) => {
    const block = await findBlock(request.context, request.params.id);
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const site = siteOfBlock(request.clinic, block, (id) => catalogue.resource(id)?.siteId ?? null);
    await unblockTime(bookingOf(platform, request), block.id);
    return reply.redirect(dayHref(site.slug, dateAt(block.start, site.timeZone)), 303);
  });
}

function siteOfBlock(
  clinic: Clinic,
  block: BlockDetails,
  siteOfResource: (id: string) => string | null,
): Site {
  const ids = block.resourceIds.map(siteOfResource);
  const site = clinic.sites.find((one) => ids.includes(one.id)) ?? clinic.sites[0];
  if (!site) throw notFound('site');
  return site;
}

async function findBlock(context: ClinicContext, id: string): Promise<BlockDetails> {
  const block = UUID.test(id) ? await readBlock(context, id) : null;
  if (!block) throw notFound('block');
  return block;
}

async function readBlock(context: ClinicContext, id: string): Promise<BlockDetails | null> {
  return inClinic(context, async ({ tx, clinicId }) => {
    const row = await tx
      .selectFrom('block')
      .select(['id', 'label', 'starts_at', 'ends_at'])
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return null;
    const claims = await tx
      .selectFrom('claim')
      .select('resource_id')
      .where('clinic_id', '=', clinicId)
      .where('block_id', '=', id)
      .execute();
    return {
      id: row.id,
      label: row.label,
      start: row.starts_at.getTime(),
      end: row.ends_at.getTime(),
      resourceIds: claims.map((claim) => claim.resource_id),
    };
  });
}

async function sendForm(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  form: { readonly values: FormValues; readonly errors: Readonly<Record<string, string>> },
) {
  const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
  const page = <NewBlockPage site={site} catalogue={catalogue} values={form.values} errors={form.errors} />;
  const markup = await deskPage(platform, request, { title: 'Block time', current: 'day' }, page);
  return sendPage(reply, markup, { status: reply.statusCode });
}
