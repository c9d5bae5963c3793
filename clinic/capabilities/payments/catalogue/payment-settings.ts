import { z } from 'zod';
import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import { type FormValues, readForm } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { changedMeanwhile, fingerprint, longText, refused, type Saved, text } from '../../settings/index.ts';
import { openSealed, sealKey } from '../providers/sealed-keys.ts';

/** What stands on the clinic's papers. */
interface PaperFacts {
  readonly legalName: string;
  readonly address: string;
  readonly taxNumber: string;
  readonly bankDetails: string;
  readonly paperNote: string;
  readonly refundTerms: string;
}

const paperSchema: z.ZodType<PaperFacts> = z.object({
  legalName: text(200),
  address: longText(500),
  taxNumber: text(60),
  bankDetails: longText(300),
  paperNote: longText(500),
  refundTerms: longText(500),
});

/** What the owner may know of the keys: never the keys. */
export interface KeysView {
  /** "test …4242"; null where none was entered. */
  readonly keyHint: string | null;
  readonly hasWebhookSecret: boolean;
  /** False where this installation's secret does not open the key any more. */
  readonly opens: boolean;
}

export interface PaymentSettings {
  readonly papers: FormValues;
  readonly keys: KeysView;
}

/** The settings as the fields of their forms. */
export async function readPaymentSettings(
  platform: Platform,
  context: ClinicContext,
): Promise<PaymentSettings> {
  return inClinic(context, async (clinic) => {
    const row = await settingsRow(clinic);
    const facts = paperFacts(row);
    return {
      papers: { ...facts, seen: fingerprint(facts) },
      keys: {
        keyHint: row?.stripe_key_hint ?? null,
        hasWebhookSecret: Boolean(row?.stripe_webhook_sealed),
        opens:
          !row?.stripe_key_sealed || openSealed(platform, clinic.clinicId, row.stripe_key_sealed) !== null,
      },
    };
  });
}

/** Saves what stands on papers. Papers that were issued keep what they say. */
export async function savePapers(context: ClinicContext, now: number, body: unknown): Promise<Saved> {
  return inClinic(context, async (clinic): Promise<Saved> => {
    await lockSettings(clinic);
    const form = readForm(paperSchema, body);
    if (!form.ok) return refused(form.values, form.errors);
    const seen = fingerprint(paperFacts(await settingsRow(clinic)));
    if (seen !== form.values.seen) return changedMeanwhile(form.values, seen);
    const { legalName, address, taxNumber, bankDetails, paperNote, refundTerms } = form.value;
    await change(clinic, now, {
      legal_name: legalName,
      address,
      tax_number: taxNumber,
      bank_details: bankDetails,
      paper_note: paperNote,
      refund_terms: refundTerms,
    });
    await record(clinic, { action: 'payment_settings.papers' });
    return { ok: true };
  });
}

const KEY = /^(?:sk|rk)_(test|live)_[A-Za-z0-9]{8,240}$/;
const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/=_-]{8,240}$/;

/**
 * Seals the keys that were typed; a field that was left empty keeps what there is. They are never shown again, nor
 * sent back to a form that is refused.
 */
export async function saveKeys(platform: Platform, context: ClinicContext, body: unknown): Promise<Saved> {
  const { values } = readForm(z.object({}), body);
  const [key, webhook] = [values.stripeKey?.trim() ?? '', values.webhookSecret?.trim() ?? ''];
  const mode = KEY.exec(key)?.[1];
  const errors: Record<string, string> = {};
  if (key.startsWith('pk_'))
    errors.stripeKey = 'That is the publishable key. Enter the secret one, which begins with sk_ or rk_';
  else if (key !== '' && !mode)
    errors.stripeKey =
      'A secret key begins with sk_live_, sk_test_, rk_live_ or rk_test_. Copy it again, all of it';
  if (webhook !== '' && !WEBHOOK_SECRET.test(webhook))
    errors.webhookSecret = 'A signing secret begins with whsec_. Copy it again, all of it';
  if (key === '' && webhook === '') errors.stripeKey = 'Enter a key, or leave this page';
  if (Object.keys(errors).length > 0) return refused({}, errors);
  await inClinic(context, async (clinic) => {
    await lockSettings(clinic);
    const { clinicId } = clinic;
    await change(clinic, platform.clock.now(), {
      ...(mode
        ? {
            stripe_key_sealed: sealKey(platform, clinicId, key),
            stripe_key_hint: `${mode} …${key.slice(-4)}`,
          }
        : {}),
      ...(webhook === '' ? {} : { stripe_webhook_sealed: sealKey(platform, clinicId, webhook) }),
    });
    await record(clinic, {
      action: 'payment_settings.keys',
      detail: { key: key !== '', webhook: webhook !== '' },
    });
  });
  return { ok: true };
}

/** Forgets both keys: nothing is paid online any more, and refunds of what was wait until there is a key again. */
export async function forgetKeys(context: ClinicContext, now: number): Promise<void> {
  await inClinic(context, async (clinic) => {
    await lockSettings(clinic);
    await change(clinic, now, {
      stripe_key_sealed: null,
      stripe_key_hint: null,
      stripe_webhook_sealed: null,
    });
    await record(clinic, { action: 'payment_settings.keys_forgotten' });
  });
}

async function settingsRow({ tx, clinicId }: ClinicTransaction) {
  return tx.selectFrom('payment_settings').selectAll().where('clinic_id', '=', clinicId).executeTakeFirst();
}

/** Makes the clinic's row where there is none, and keeps others from changing it. */
async function lockSettings({ tx, clinicId }: ClinicTransaction): Promise<void> {
  await tx
    .insertInto('payment_settings')
    .values({
      clinic_id: clinicId,
      stripe_key_sealed: null,
      stripe_key_hint: null,
      stripe_webhook_sealed: null,
    })
    .onConflict((conflict) => conflict.column('clinic_id').doNothing())
    .execute();
  await tx
    .selectFrom('payment_settings')
    .select('clinic_id')
    .where('clinic_id', '=', clinicId)
    .forUpdate()
    .execute();
}

async function change(
  { tx, clinicId }: ClinicTransaction,
  now: number,
  values: Readonly<Record<string, string | null>>,
): Promise<void> {
  await tx
    .updateTable('payment_settings')
    .set({ ...values, updated_at: new Date(now) })
    .where('clinic_id', '=', clinicId)
    .execute();
}

function paperFacts(row: Awaited<ReturnType<typeof settingsRow>>) {
  return {
    legalName: row?.legal_name ?? '',
    address: row?.address ?? '',
    taxNumber: row?.tax_number ?? '',
    bankDetails: row?.bank_details ?? '',
    paperNote: row?.paper_note ?? '',
    refundTerms: row?.refund_terms ?? '',
  };
}
