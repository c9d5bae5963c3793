import type { ClinicTransaction } from '../platform/database/in-clinic.ts';
import type { ShopPlan } from './shop.ts';
import { insertAll } from './write-clinic.ts';

/** Writes what a demo clinic sells, once its services are there. */
export async function writeShop(clinic: ClinicTransaction, shop: ShopPlan): Promise<void> {
  const { papers } = shop;
  await insertAll(
    clinic,
    'tax',
    shop.taxes.map(({ id, name, rateBp }, position) => ({ id, name, rate_bp: rateBp, position })),
  );
  await clinic.tx
    .updateTable('service')
    .set({ tax_id: shop.visitTaxId })
    .where('clinic_id', '=', clinic.clinicId)
    .execute();
  await insertAll(
    clinic,
    'product',
    shop.products.map((product, position) => ({
      id: product.id,
      slug: product.slug,
      kind: product.kind,
      name: product.name,
      summary: product.summary,
      bring: product.bring.join('\n'),
      steps: product.steps.join('\n'),
      valid_months: product.validMonths,
      online: product.online,
      position,
    })),
  );
  await insertAll(
    clinic,
    'product_part',
    shop.products.flatMap(({ id, parts }) =>
      parts.map((part, position) => ({
        product_id: id,
        position,
        service_id: part.serviceId,
        label: part.label,
        quantity: part.quantity,
        unit_minor: part.unitMinor,
        tax_id: part.taxId,
      })),
    ),
  );
  await insertAll(clinic, 'payment_settings', [
    {
      stripe_key_sealed: null,
      stripe_key_hint: null,
      stripe_webhook_sealed: null,
      legal_name: papers.legalName,
      address: papers.address,
      tax_number: papers.taxNumber,
      bank_details: papers.bankDetails,
      paper_note: papers.note,
      refund_terms: papers.refundTerms,
    },
  ]);
}
