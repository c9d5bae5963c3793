import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** Something that the clinic sells now. */
export interface SoldHere {
  readonly id: string;
  readonly kind: 'service' | 'package' | 'fee';
  readonly name: string;
  readonly totalMinor: number;
  readonly currency: string;
}

/** Everything that has a price: visits, packages, fees, each in the owner's order. */
export async function readSold({ tx, clinicId }: ClinicTransaction): Promise<readonly SoldHere[]> {
  const { rows } = await sql<{
    id: string;
    kind: SoldHere['kind'];
    name: string;
    total_minor: number;
    currency: string;
  }>`
    select s.id, 'service' as kind, s.name, s.price_minor::float8 as total_minor, s.currency, 0 as shelf, s.position
    from service s where s.clinic_id = ${clinicId} and s.active and s.price_minor > 0
    union all
    select p.id, p.kind, p.name, sum(part.quantity * part.unit_minor)::float8, c.currency,
      case p.kind when 'package' then 1 else 2 end, p.position
    from product p
    join product_part part on part.clinic_id = p.clinic_id and part.product_id = p.id
    join clinic c on c.id = p.clinic_id
    where p.clinic_id = ${clinicId} and p.active
    group by p.id, p.kind, p.name, p.position, c.currency
    having sum(part.quantity * part.unit_minor) > 0
    order by shelf, position, name`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    totalMinor: row.total_minor,
    currency: row.currency,
  }));
}
