import type { Sql } from '../../clinic/platform/database/pool.ts';

/** Appointments of one clinic: two weeks behind and four ahead, half of the time of its four clinicians. */
export const APPOINTMENTS_EACH = 1_000;
const CLINICS_AT_ONCE = 25;

/** The host name of clinic `number`, from 1. */
export function hostOf(number: number): string {
  return `clinic-${number}.test`;
}

/**
 * Adds clinics `from` to `to`, all alike: four clinicians, four rooms, one service, a thousand appointments around
 * `now`. `admin` is the superuser, whom row-level security does not slow down; every constraint is checked.
 */
export async function addMonthClinics(admin: Sql, from: number, to: number, now: number): Promise<void> {
  const today = new Date(Math.floor(now / 86_400_000) * 86_400_000).toISOString();
  for (let first = from; first <= to; first += CLINICS_AT_ONCE) {
    await addClinics(admin, first, Math.min(to, first + CLINICS_AT_ONCE - 1), today);
  }
  await admin.unsafe('vacuum analyze');
}

/** Ids follow from numbers, so that each statement can name what the ones before it wrote. */
async function addClinics(admin: Sql, from: number, to: number, today: string): Promise<void> {
  await admin.begin(async (tx) => {
    await tx`insert into clinic (id, slug, name, time_zone)
      select md5('clinic ' || n)::uuid, 'clinic-' || n, 'Clinic ' || n, 'Europe/Lisbon' from generate_series(${from}::int, ${to}::int) n`;
    await tx`insert into clinic_host
      select 'clinic-' || n || '.test', md5('clinic ' || n)::uuid from generate_series(${from}::int, ${to}::int) n`;
    await tx`insert into site (clinic_id, id, slug, name, city, time_zone)
      select md5('clinic ' || n)::uuid, md5('site ' || n)::uuid, 'harbour', 'Harbour site', 'Lisbon', 'Europe/Lisbon'
      from generate_series(${from}::int, ${to}::int) n`;
    await tx`insert into resource (clinic_id, id, site_id, name, kinds, person)
      select md5('clinic ' || n)::uuid, md5(kind || ' ' || r || ' of ' || n)::uuid, md5('site ' || n)::uuid,
        kind || ' ' || r, array[kind], kind = 'physiotherapist'
      from generate_series(${from}::int, ${to}::int) n, generate_series(0, 3) r, unnest(array['physiotherapist', 'room']) kind`;
    await tx`insert into opening (clinic_id, resource_id, site_id, weekday, starts, ends, time_zone)
      select clinic_id, id, site_id, weekday, '08:00', '18:00', 'Europe/Lisbon'
      from resource, generate_series(1, 7) weekday
      where clinic_id in (select md5('clinic ' || n)::uuid from generate_series(${from}::int, ${to}::int) n)`;
    await tx`insert into service
        (clinic_id, id, slug, name, mode, duration_min, step_min, lead_min, horizon_days, price_minor, currency)
      select md5('clinic ' || n)::uuid, md5('service ' || n)::uuid, 'first-visit', 'First visit', 'site', 45, 15, 60, 60, 8500, 'EUR'
      from generate_series(${from}::int, ${to}::int) n`;
    await tx`insert into service_need (clinic_id, service_id, kind)
      select md5('clinic ' || n)::uuid, md5('service ' || n)::uuid, kind
      from generate_series(${from}::int, ${to}::int) n, unnest(array['physiotherapist', 'room']) kind`;
    await tx`insert into service_site
      select md5('clinic ' || n)::uuid, md5('service ' || n)::uuid, md5('site ' || n)::uuid
      from generate_series(${from}::int, ${to}::int) n`;
    await tx`insert into patient (clinic_id, id, given_name, family_name, search_name)
      select md5('clinic ' || n)::uuid, md5('patient ' || p || ' of ' || n)::uuid, 'Test', 'Person ' || p, 'person test'
      from generate_series(${from}::int, ${to}::int) n, generate_series(0, 19) p`;
    // Each clinician sees six people a day, at one time later than the next clinician.
    await tx`insert into appointment
        (clinic_id, id, service_id, site_id, patient_id, starts_at, ends_at, source, price_minor, currency)
      select md5('clinic ' || n)::uuid, md5('appointment ' || a || ' of ' || n)::uuid, md5('service ' || n)::uuid,
        md5('site ' || n)::uuid, md5('patient ' || a % 20 || ' of ' || n)::uuid, start, start + interval '45 minutes',
        'online', 8500, 'EUR'
      from generate_series(${from}::int, ${to}::int) n, generate_series(0, ${APPOINTMENTS_EACH - 1}::int) a,
        lateral (select ${today}::timestamptz + make_interval(days => a / 24 - 14, hours => 8,
          mins => (a / 4) % 6 * 90 + a % 4 * 15) as start) at`;
    await tx`insert into claim (clinic_id, resource_id, starts_at, ends_at, appointment_id)
      select md5('clinic ' || n)::uuid, md5(kind || ' ' || a % 4 || ' of ' || n)::uuid, start, start + interval '45 minutes',
        md5('appointment ' || a || ' of ' || n)::uuid
      from generate_series(${from}::int, ${to}::int) n, generate_series(0, ${APPOINTMENTS_EACH - 1}::int) a,
        lateral (select ${today}::timestamptz + make_interval(days => a / 24 - 14, hours => 8,
          mins => (a / 4) % 6 * 90 + a % 4 * 15) as start) at,
        unnest(array['physiotherapist', 'room']) kind`;
  });
}
