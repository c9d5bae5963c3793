import { say, wallTime } from './page.ts';
import { askReason } from './reason-dialog.ts';
import { refreshBoard } from './refresh.ts';
import { toast } from './toast.ts';

/** Where an appointment is to go. Epoch milliseconds; ids of resources. */
export interface Move {
  readonly appointmentId: string;
  readonly label: string;
  readonly start: number;
  readonly from: string;
  readonly to: string;
  readonly sequence: number;
  readonly zone: string;
  /** Where it stands now, to take the move back. */
  readonly before: { readonly start: number; readonly resources: string };
}

interface Answer {
  readonly ok: boolean;
  readonly reason?: string;
  readonly message?: string;
  readonly nearest?: readonly { readonly start: number; readonly label: string }[];
}

/** Asks the server for a move. Refused, it says why and what is near; outside opening hours it asks for a reason. */
export async function requestMove(move: Move): Promise<boolean> {
  const { start, from, to, sequence } = move;
  const fields = { pick: `${start}`, from, to, sequence: `${sequence}` };
  let answer = await post(move.appointmentId, fields);
  if (!answer.ok && answer.reason === 'closed') {
    const reason = await askReason(`${wallTime(start, move.zone)} is outside opening hours.`);
    if (reason === null) {
      say('Not moved.');
      return false;
    }
    answer = await post(move.appointmentId, { ...fields, reason });
  }
  if (answer.ok) {
    await refreshBoard();
    const text = `Moved ${move.label} to ${wallTime(start, move.zone)}.`;
    toast(text, [{ label: 'Undo', run: () => void takeBack(move) }]);
    say(text);
    return true;
  }
  explain(move, answer);
  void refreshBoard();
  return false;
}

function explain(move: Move, answer: Answer): void {
  const nearest = answer.nearest ?? [];
  const near = nearest.length > 0 ? ` Nearest free: ${nearest.map((one) => one.label).join('; ')}.` : '';
  const text = `Not moved. ${answer.message ?? 'Please try again.'}${near}`;
  toast(
    text,
    nearest.slice(0, 2).map((one) => ({
      label: one.label,
      run: () => void requestMove({ ...move, start: one.start }),
    })),
  );
  say(text);
}

async function takeBack(move: Move): Promise<void> {
  const { start, resources } = move.before;
  const fields = { pick: `${start}`, resources, sequence: `${move.sequence + 1}` };
  let answer = await post(move.appointmentId, fields);
  if (answer.reason === 'closed') {
    answer = await post(move.appointmentId, { ...fields, reason: 'Back to where it was' });
  }
  const text = answer.ok
    ? `${move.label} is back at ${wallTime(start, move.zone)}.`
    : `Not moved back. ${answer.message ?? ''}`;
  toast(text);
  say(text);
  void refreshBoard();
}

async function post(appointmentId: string, fields: Record<string, string>): Promise<Answer> {
  try {
    const response = await fetch(`/desk/appointments/${appointmentId}/move`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(fields),
    });
    if (response.status === 401 || response.status === 423) location.reload();
    if (response.headers.get('content-type')?.includes('json')) return (await response.json()) as Answer;
    return { ok: false, message: 'The clinic’s computer could not do it.' };
  } catch {
    return { ok: false, message: 'The clinic’s computer cannot be reached.' };
  }
}
