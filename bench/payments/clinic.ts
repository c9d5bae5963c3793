import type { Sql } from '../../clinic/platform/database/pool.ts';

export interface TillClinic {
  readonly id: string;
  readonly host: string;
  readonly siteId: string;
  /** One first visit and two follow-ups at 150.00, with tax within the latter. */
  readonly packageId: string;
  /** Something without a visit, at 20.00. */
  readonly feeId: string;
}

/**
 * Adds a clinic with two clinicians and two rooms, open every day from 8 to 18: so every time has two places. `admin`
 * is the superuser; the keys of the provider are sealed already.
 */
export async function addTillClinic(
  admin: Sql,
  id: string,
  slug: string,
  sealed: { readonly key: string; readonly webhook: string },
): Promise<TillClinic> {
  const host = `${slug}.test`;
  return admin.begin(async (tx) => {
    await tx`insert into clinic (id, slug, name, time_zone, email) values (${id}, ${slug}, 'Bench clinic', 'Europe/Lisbon', 'desk@example.org')`;
    await tx`insert into clinic_host values (${host}, ${id})`;
    const siteId = idOf(
      await tx`insert into site (clinic_id, slug, name, city, address, time_zone)
        values (${id}, 'harbour', 'Harbour site', 'Lisbon', '1 Quay Street', 'Europe/Lisbon') returning id`,
    );
    await tx`insert into resource (clinic_id, site_id, name, kinds, person)
      select ${id}, ${siteId}, kind || ' ' || n, array[kind], kind = 'physiotherapist'
      from generate_series(1, 2) n, unnest(array['physiotherapist', 'room']) kind`;
    await tx`insert into opening (clinic_id, resource_id, site_id, weekday, starts, ends, time_zone)
      select ${id}, r.id, ${siteId}, weekday, '08:00', '18:00', 'Europe/Lisbon'
      from resource r, generate_series(1, 7) weekday where r.clinic_id = ${id}`;
    const service = async (name: string, minutes: number, price: number) =>
      idOf(
        await tx`insert into service (clinic_id, slug, name, mode, duration_min, step_min, lead_min, horizon_days, price_minor, currency)
          values (${id}, ${name}, ${name}, 'site', ${minutes}, 15, 60, 60, ${price}, 'EUR') returning id`,
      );
    const first = await service('first-visit', 45, 8_500);
    const followUp = await service('follow-up', 30, 6_000);
    await tx`insert into service_need (clinic_id, service_id, kind)
      select ${id}, s, kind from unnest(array[${first}::uuid, ${followUp}::uuid]) s, unnest(array['physiotherapist', 'room']) kind`;
    await tx`insert into service_site (clinic_id, service_id, site_id) values (${id}, ${first}, ${siteId}), (${id}, ${followUp}, ${siteId})`;
    const taxId = idOf(
      await tx`insert into tax (clinic_id, name, rate_bp) values (${id}, 'VAT 23 %', 2300) returning id`,
    );
    const product = async (kind: string, name: string) =>
      idOf(
        await tx`insert into product (clinic_id, slug, kind, name, valid_months, online)
          values (${id}, ${name}, ${kind}, ${name}, 12, true) returning id`,
      );
    const packageId = await product('package', 'starter');
    const feeId = await product('fee', 'report');
    await tx`insert into product_part (clinic_id, product_id, position, service_id, label, quantity, unit_minor, tax_id) values
      (${id}, ${packageId}, 0, ${first}, null, 1, 6000, null),
      (${id}, ${packageId}, 1, ${followUp}, null, 2, 4500, ${taxId}),
      (${id}, ${feeId}, 0, null, 'Written report', 1, 2000, ${taxId})`;
    await tx`insert into payment_settings (clinic_id, stripe_key_sealed, stripe_webhook_sealed, legal_name, address)
      values (${id}, ${sealed.key}, ${sealed.webhook}, 'Bench clinic Ltd', '1 Quay Street, Lisbon')`;
    return { id, host, siteId, packageId, feeId };
  }) as unknown as Promise<TillClinic>;
}

function idOf(rows: readonly Record<string, unknown>[]): string {
  return String(rows[0]?.id);
}
