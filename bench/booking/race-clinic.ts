import type { Sql } from '../../clinic/platform/database/pool.ts';

/** A clinic that books one service, which needs a clinician, a room and a machine. */
export interface RaceClinic {
  readonly id: string;
  readonly siteId: string;
  readonly serviceId: string;
  readonly sonographerIds: readonly string[];
  readonly roomIds: readonly string[];
  readonly machineIds: readonly string[];
  /** Front desk. */
  readonly email: string;
}

/**
 * Adds the clinic with as many sonographers, rooms and machines as `places`, open from 8 to 18 every day, for visits
 * of half an hour that may begin every quarter of an hour. `owner` is a pool of the role that owns the tables.
 */
export async function addRaceClinic(owner: Sql, host: string, places: number): Promise<RaceClinic> {
  return owner.begin(async (tx) => {
    const [{ id }] = (await tx`select uuidv7() as id`) as unknown as [{ id: string }];
    await tx`select set_config('rectus.clinic_id', ${id}, true)`;
    await tx`insert into clinic (id, slug, name, time_zone, email, demo)
      values (${id}, 'race', 'Race clinic', 'Europe/Lisbon', 'desk@example.org', true)`;
    await tx`insert into clinic_host values (${host}, ${id})`;
    const siteId = idOf(
      await tx`insert into site (clinic_id, slug, name, city, address, time_zone)
      values (${id}, 'harbour', 'Harbour site', 'Lisbon', '1 Quay Street', 'Europe/Lisbon') returning id`,
    );
    const resources = async (kind: string, person: boolean): Promise<string[]> => {
      const rows = await tx`insert into resource (clinic_id, site_id, name, kinds, person)
        select ${id}, ${siteId}, ${kind} || ' ' || n, array[${kind}], ${person}
        from generate_series(1, ${places}::int) n returning id`;
      return rows.map((row) => row.id as string);
    };
    const sonographerIds = await resources('sonographer', true);
    const roomIds = await resources('room', false);
    const machineIds = await resources('ultrasound', false);
    await tx`insert into opening (clinic_id, resource_id, site_id, weekday, starts, ends, time_zone)
      select ${id}, resource.id, ${siteId}, weekday, '08:00', '18:00', 'Europe/Lisbon'
      from resource, generate_series(1, 7) as weekday`;
    const serviceId = idOf(
      await tx`
      insert into service (clinic_id, slug, name, mode, duration_min, step_min, lead_min, horizon_days, price_minor, currency)
      values (${id}, 'ultrasound', 'Dynamic ultrasound', 'site', 30, 15, 60, 365, 12000, 'EUR') returning id`,
    );
    await tx`insert into service_need (clinic_id, service_id, kind)
      select ${id}, ${serviceId}, unnest(array['sonographer', 'room', 'ultrasound'])`;
    await tx`insert into service_site values (${id}, ${serviceId}, ${siteId})`;
    return { id, siteId, serviceId, sonographerIds, roomIds, machineIds, email: 'desk@example.org' };
  }) as unknown as Promise<RaceClinic>;
}

/** Lets a person work at the front desk. */
export async function hireFrontDesk(owner: Sql, clinic: RaceClinic, userId: string): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`select set_config('rectus.clinic_id', ${clinic.id}, true)`;
    await tx`insert into membership (clinic_id, user_id, role, name, email)
      values (${clinic.id}, ${userId}, 'front_desk', 'Front desk', ${clinic.email})`;
  });
}

function idOf(rows: readonly Record<string, unknown>[]): string {
  return String(rows[0]?.id);
}
