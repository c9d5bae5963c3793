import { dateAt } from '@rectus/schedule';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renderToString } from 'preact-render-to-string';
import { record } from '../../platform/audit/record.ts';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { type DeskPart, type PersonShown, showParts } from '../../platform/web/desk-part.ts';
import { type FormResult, type FormValues, readForm } from '../../platform/web/form.ts';
import { type Platform, sendPage } from '../../platform/web/server.ts';
import { notFound, UserError } from '../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../accounts/index.ts';
import { readMoneyOfPerson } from '../payments/index.ts';
import { unseen } from './pages/duplicate-notice.tsx';
import { MergePage } from './pages/merge-page.tsx';
import { NewPersonPage } from './pages/new-person-page.tsx';
import { PeoplePage } from './pages/people-page.tsx';
import { PersonPage } from './pages/person-page.tsx';
import { Suggestions } from './pages/suggestions.tsx';
import { findPeople } from './people/find-people.ts';
import { likelyDuplicates } from './people/likely-duplicates.ts';
import { mergePeople } from './people/merge-people.ts';
import {
  addPerson,
  changePerson,
  type Person,
  type PersonDetails,
  readPerson,
  readVisits,
} from './people/person.ts';
import { personForm } from './people/person-form.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Ids {
  readonly id: string;
  readonly other: string;
}

/** The desk's pages about people: find, open, look, change, merge. */
export async function recordsRoutes(
  app: FastifyInstance,
  platform: Platform,
  parts: readonly DeskPart<PersonShown>[] = [],
): Promise<void> {
  const staff = { preHandler: requireStaff() };
  const desk = { preHandler: requireStaff('front_desk', 'owner') };

  app.get<{ Querystring: { q?: string } }>('/desk/people', staff, async (request, reply) => {
    const query = text(request.query.q);
    const found = await findPeople(request.context, request.clinic, query, platform.clock.now());
    const page = <PeoplePage clinic={request.clinic} query={query} found={found} />;
    return sendPage(reply, await deskPage(platform, request, { title: 'People', current: 'people' }, page));
  });

  app.get<{ Querystring: { q?: string } }>('/desk/people/suggest', staff, async (request, reply) => {
    const query = text(request.query.q);
    const found = await findPeople(request.context, request.clinic, query, platform.clock.now(), 6);
    return sendPage(reply, renderToString(<Suggestions found={found} locale={request.clinic.locale} />));
  });

  app.get<{ Querystring: { name?: string } }>('/desk/people/new', staff, async (request, reply) =>
    sendNewPerson(platform, request, reply, { values: splitName(text(request.query.name)), errors: {} }),
  );

  app.post('/desk/people', staff, async (request, reply) => {
    const form = readPersonForm(platform, request);
    if (!form.ok) return sendNewPerson(platform, request, reply.status(422), form);
    const result = await inClinic(request.context, async (clinic) => {
      const duplicates = unseen(await likelyDuplicates(clinic, form.value, null), form.values.seen);
      return duplicates.length > 0 ? { duplicates } : { id: await addPerson(clinic, form.value) };
    });
    if (result.id) return reply.redirect(`/desk/people/${result.id}`, 303);
    return sendNewPerson(platform, request, reply.status(409), { ...form, errors: {} });
  });

  app.get<{ Params: Ids; Querystring: { saved?: string } }>(
    '/desk/people/:id',
    staff,
    async (request, reply) => {
      const person = await viewPerson(request, request.params.id);
      if (person.mergedInto) return reply.redirect(`/desk/people/${person.mergedInto}`, 303);
      const saved = request.query.saved === 'yes';
      return sendPerson({ platform, parts }, request, reply, {
        person,
        values: valuesOf(person),
        errors: {},
        saved,
      });
    },
  );

  app.post<{ Params: Ids }>('/desk/people/:id', staff, async (request, reply) => {
    const person = await findPerson(request, request.params.id);
    const form = readPersonForm(platform, request);
    if (!form.ok)
      return sendPerson({ platform, parts }, request, reply.status(422), { ...form, person, saved: false });
    await inClinic(request.context, (clinic) => changePerson(clinic, person.id, form.value));
    return reply.redirect(`/desk/people/${person.id}?saved=yes`, 303);
  });

  app.get<{ Params: Ids }>('/desk/people/:id/merge/:other', desk, async (request, reply) => {
    const into = await viewPerson(request, request.params.id);
    const from = await viewPerson(request, request.params.other);
    if (into.id === from.id || into.mergedInto || from.mergedInto) throw notFound('person');
    const visits = await inClinic(request.context, (clinic) => readVisits(clinic, from.id));
    const page = <MergePage clinic={request.clinic} into={into} from={from} visits={visits.length} />;
    return sendPage(reply, await deskPage(platform, request, { title: 'Merge', current: 'people' }, page));
  });

  app.post<{ Params: Ids }>('/desk/people/:id/merge/:other', desk, async (request, reply) => {
    const { id, other } = request.params;
    if (!UUID.test(id) || !UUID.test(other)) throw notFound('person');
    const merged = await mergePeople(request.context, id, other);
    if (merged.ok) return reply.redirect(`/desk/people/${id}`, 303);
    throw new UserError(
      409,
      'These records cannot be merged',
      'One of them has been merged already, or does not exist. Nothing was changed.',
      { href: '/desk/people', label: 'Find the person' },
    );
  });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, 200) : '';
}

function readPersonForm(platform: Platform, request: FastifyRequest): FormResult<PersonDetails> {
  return readForm(personForm(dateAt(platform.clock.now(), request.clinic.timeZone)), request.body);
}

/** "Ines Duarte", or "Duarte, Ines": what was searched for becomes the beginning of the new record. */
function splitName(name: string): FormValues {
  const letters = name.replace(/[^\p{L}\p{M}' ,-]/gu, ' ').trim();
  const [family = '', given] = letters.split(',');
  if (given !== undefined) return { givenName: given.trim(), familyName: family.trim() };
  const at = letters.lastIndexOf(' ');
  return at < 0
    ? { familyName: letters }
    : { givenName: letters.slice(0, at).trim(), familyName: letters.slice(at + 1) };
}

async function findPerson(request: FastifyRequest, id: string): Promise<Person> {
  const person = UUID.test(id) ? await inClinic(request.context, (clinic) => readPerson(clinic, id)) : null;
  if (!person) throw notFound('person');
  return person;
}

/** Looking at a record is an event of its own. */
async function viewPerson(request: FastifyRequest, id: string): Promise<Person> {
  const person = await findPerson(request, id);
  await inClinic(request.context, (clinic) =>
    record(clinic, { action: 'patient.viewed', subject: { kind: 'patient', id: person.id } }),
  );
  return person;
}

function valuesOf(person: Person): FormValues {
  return {
    givenName: person.givenName,
    familyName: person.familyName,
    birthDate: person.birthDate ?? '',
    email: person.email ?? '',
    phone: person.phone ?? '',
    note: person.note,
  };
}

interface Typed {
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
}

async function sendNewPerson(platform: Platform, request: FastifyRequest, reply: FastifyReply, form: Typed) {
  const known = readPersonForm(platform, request);
  const duplicates = known.ok
    ? await inClinic(request.context, (clinic) => likelyDuplicates(clinic, known.value, null))
    : [];
  const page = <NewPersonPage clinic={request.clinic} {...form} duplicates={duplicates} />;
  const title = { title: 'New person', current: 'people' } as const;
  return sendPage(reply, await deskPage(platform, request, title, page), { status: reply.statusCode });
}

async function sendPerson(
  { platform, parts }: { readonly platform: Platform; readonly parts: readonly DeskPart<PersonShown>[] },
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Typed & { readonly person: Person; readonly saved: boolean },
) {
  const { person } = shown;
  const [visits, duplicates, money, added] = await inClinic(
    request.context,
    async (clinic) =>
      [
        await readVisits(clinic, person.id),
        await likelyDuplicates(clinic, person, person.id),
        await readMoneyOfPerson(clinic, person.id),
        await showParts(parts, clinic, request, { patientId: person.id }),
      ] as const,
  );
  const page = (
    <PersonPage
      clinic={request.clinic}
      {...shown}
      visits={visits}
      duplicates={duplicates}
      money={money}
      parts={added}
      mayMerge={request.staff?.role !== 'clinician'}
      mayCharge={request.staff?.role !== 'clinician'}
      now={platform.clock.now()}
    />
  );
  const title = { title: `${person.givenName} ${person.familyName}`, current: 'people' } as const;
  return sendPage(reply, await deskPage(platform, request, title, page), { status: reply.statusCode });
}
