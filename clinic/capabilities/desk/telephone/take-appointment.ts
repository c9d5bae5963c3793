import { dateAt } from '@rectus/schedule';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { Site } from '../../../platform/web/clinics.ts';
import { type FormValues, readForm } from '../../../platform/web/form.ts';
import { type Booking, book, type Catalogue, placeZone, type Service } from '../../booking/index.ts';
import {
  type Duplicate,
  likelyDuplicates,
  type PersonDetails,
  personForm,
  readPerson,
  unseen,
} from '../../records/index.ts';
import { momentOf } from '../appointments/moment.ts';
import { type NearestTime, nearestTimes, refusalWords } from '../appointments/refusal-words.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type Taken =
  | { readonly kind: 'booked'; readonly appointmentId: string; readonly start: number }
  | { readonly kind: 'wrong'; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'known'; readonly duplicates: readonly Duplicate[] }
  | {
      readonly kind: 'refused';
      readonly message: string;
      readonly nearest: readonly NearestTime[];
      readonly askReason: boolean;
    };

/** What can be booked at a site, by video included. */
export function servicesAt(catalogue: Catalogue, site: Site): readonly Service[] {
  return catalogue.services.filter(
    (service) => service.active && (service.mode === 'telehealth' || service.siteIds.includes(site.id)),
  );
}

/** The service that a column suggests: the first which its resource can serve. */
export function suggestedService(
  catalogue: Catalogue,
  services: readonly Service[],
  resourceId: string | undefined,
): Service | undefined {
  const kinds = resourceId ? (catalogue.resource(resourceId)?.kinds ?? []) : [];
  return services.find((service) => service.needs.some((need) => kinds.includes(need.kind))) ?? services[0];
}

/** Books what the form says, for somebody known or new. A person who may be known already is asked about first. */
export async function takeAppointment(
  booking: Booking,
  catalogue: Catalogue,
  site: Site,
  values: FormValues,
): Promise<Taken> {
  const service = servicesAt(catalogue, site).find((one) => one.id === values.service);
  const siteId = service?.mode === 'telehealth' ? null : site.id;
  const start = momentOf(values, placeZone(booking.clinic, values.pick ? siteId : site.id));
  const person = await readPersonPart(booking, values);
  const errors = {
    ...('errors' in person ? person.errors : {}),
    ...(service ? {} : { service: 'Please choose a service.' }),
    ...(start === null ? { date: 'Please give a day and a time that exist.' } : {}),
  };
  if ('errors' in person || !service || start === null) return { kind: 'wrong', errors };
  if ('duplicates' in person) return { kind: 'known', duplicates: person.duplicates };

  const reason = (values.reason ?? '').trim().slice(0, 200);
  const wanted = wantedResources(catalogue, service, values.resource);
  const isRequest = UUID.test(values.requestId ?? '');
  const booked = await book(booking, {
    wish: { service, siteId, clinicianId: wanted.find((id) => catalogue.resource(id)?.person) ?? null },
    start,
    person: person.who,
    idempotencyKey: values.key && /^[\w-]{8,80}$/.test(values.key) ? values.key : crypto.randomUUID(),
    source: isRequest ? 'request' : 'desk',
    resourceIds: wanted,
    ...(reason ? { outsideHoursReason: reason } : {}),
    ...(isRequest ? { requestId: values.requestId ?? null } : {}),
  });
  if (booked.ok) return { kind: 'booked', appointmentId: booked.appointmentId, start };
  return {
    kind: 'refused',
    message: refusalWords(booked.reason),
    nearest: nearestTimes(booked.nearest, placeZone(booking.clinic, siteId), booking.clinic),
    askReason: booked.reason === 'closed',
  };
}

/** The column's resource, where the service has a use for it. */
function wantedResources(
  catalogue: Catalogue,
  service: Service,
  resourceId: string | undefined,
): readonly string[] {
  const resource = resourceId ? catalogue.resource(resourceId) : undefined;
  const useful = resource && service.needs.some((need) => resource.kinds.includes(need.kind));
  return useful ? [resource.id] : [];
}

type PersonPart =
  | { readonly who: PersonDetails | { readonly patientId: string } }
  | { readonly duplicates: readonly Duplicate[] }
  | { readonly errors: Readonly<Record<string, string>> };

async function readPersonPart(
  { context, clinic, platform }: Booking,
  values: FormValues,
): Promise<PersonPart> {
  const { patientId = '' } = values;
  if (patientId !== 'new') {
    const person = UUID.test(patientId) ? await inClinic(context, (tx) => readPerson(tx, patientId)) : null;
    if (!person) return { errors: { patientId: 'Please choose a person, or open a new record.' } };
    return { who: { patientId: person.mergedInto ?? person.id } };
  }
  const form = readForm(personForm(dateAt(platform.clock.now(), clinic.timeZone)), values);
  if (!form.ok) return { errors: form.errors };
  const found = await inClinic(context, (tx) => likelyDuplicates(tx, form.value, null));
  return unseen(found, values.seen).length > 0 ? { duplicates: found } : { who: form.value };
}
