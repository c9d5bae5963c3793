import type { Analysis } from '../analysis.ts';
import type { MeasuringState } from '../measuring-state.ts';
import { measuringPath } from '../paths.ts';

/** An analysis as it is fetched, with its curves. */
export type FullAnalysis = Omit<Analysis, 'examId' | 'attempts'>;

/** Why something was not done, in words for whoever asked. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export interface Changed {
  readonly answer: Readonly<Record<string, unknown>> | null;
  readonly state: MeasuringState;
}

/** The server's side of measuring. Each change answers with all that is marked then. @throws Refused */
export function openApi(examId: string) {
  return {
    state: () => read<MeasuringState>(measuringPath(examId)),
    analysis: (id: string) => read<FullAnalysis>(measuringPath(examId, `/analyses/${id}`)),
    async post(rest: string, fields: Readonly<Record<string, string>>): Promise<Changed> {
      const answer = await fetch(measuringPath(examId, rest), {
        method: 'POST',
        body: new URLSearchParams(fields),
      }).catch(() => null);
      if (!answer) throw new Refused('The clinic’s server cannot be reached. Nothing was stored.');
      const body = (await answer.json().catch(() => ({}))) as Partial<Changed> & { readonly error?: string };
      if (!answer.ok || !body.state) throw new Refused(body.error ?? refusalOf(answer.status));
      return { answer: body.answer ?? null, state: body.state };
    },
  };
}

export type Api = ReturnType<typeof openApi>;

async function read<T>(path: string): Promise<T> {
  const answer = await fetch(path).catch(() => null);
  if (!answer) throw new Refused('The clinic’s server cannot be reached.');
  if (!answer.ok) throw new Refused(refusalOf(answer.status));
  return (await answer.json()) as T;
}

function refusalOf(status: number): string {
  return status === 401 || status === 403
    ? 'You are signed out. Sign in again in another tab; nothing here is lost.'
    : 'Something went wrong on our side. Nothing was stored.';
}
