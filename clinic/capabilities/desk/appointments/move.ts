import type { FormValues } from '../../../platform/web/form.ts';
import {
  type AppointmentDetails,
  type Booking,
  moveAppointment,
  placeZone,
  readCatalogue,
} from '../../booking/index.ts';
import { momentOf } from './moment.ts';
import { type DeskRefusal, type NearestTime, nearestTimes, refusalWords } from './refusal-words.ts';

export type MoveOutcome =
  | { readonly ok: true; readonly start: number }
  | {
      readonly ok: false;
      readonly reason: DeskRefusal;
      readonly message: string;
      readonly nearest: readonly NearestTime[];
    };

/**
 * Moves a visit to where the desk dropped it. Keeps its other resources where they are free; where they are not,
 * another room of the same kind will do, because only the column in hand was chosen by a person.
 *
 * Fields: `pick`, or `date` and `time`; `from` and `to` (ids of resources), or `resources` (exactly these, for
 * taking a move back), or `anyone`; `sequence`; `reason`.
 */
export async function moveByForm(
  booking: Booking,
  appointment: AppointmentDetails,
  values: FormValues,
): Promise<MoveOutcome> {
  const zone = placeZone(booking.clinic, appointment.siteId);
  const start = momentOf(values, zone);
  if (start === null) {
    return { ok: false, reason: 'grid', message: 'Please give a day and a time that exist.', nearest: [] };
  }
  const reason = (values.reason ?? '').trim().slice(0, 200);
  const sequence = Number(values.sequence);
  const input = {
    appointmentId: appointment.id,
    start,
    by: 'clinic',
    ...(reason ? { outsideHoursReason: reason } : {}),
    ...(values.sequence && Number.isSafeInteger(sequence) ? { expectedSequence: sequence } : {}),
  } as const;
  const catalogue = await readCatalogue(booking.context, booking.clinic.catalogueVersion);
  let refused: MoveOutcome | null = null;
  for (const resourceIds of wantedInTurn(appointment, values)) {
    // Named, so that the nearest times are this person's too.
    const clinicianId = resourceIds.find((id) => catalogue.resource(id)?.person) ?? null;
    const moved = await moveAppointment(booking, { ...input, resourceIds, clinicianId });
    if (moved.ok) return { ok: true, start };
    refused = {
      ok: false,
      reason: moved.reason,
      message: refusalWords(moved.reason),
      nearest: 'nearest' in moved ? nearestTimes(moved.nearest, zone, booking.clinic) : [],
    };
    if (moved.reason !== 'taken' && moved.reason !== 'closed') return refused;
  }
  return refused ?? { ok: false, reason: 'not_movable', message: refusalWords('not_movable'), nearest: [] };
}

function wantedInTurn(appointment: AppointmentDetails, values: FormValues): readonly (readonly string[])[] {
  if (values.resources) return [values.resources.split(' ').filter(isId)];
  if (values.anyone) return [appointment.resourceIds, []];
  const { from = '', to = '' } = values;
  if (!isId(from) || !isId(to) || !appointment.resourceIds.includes(from)) return [appointment.resourceIds];
  return [appointment.resourceIds.map((id) => (id === from ? to : id)), [to]];
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
