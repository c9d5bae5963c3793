import { Agent, request } from 'node:http';
import type { Attempt } from './attempts.ts';
import type { RaceClinic } from './race-clinic.ts';

/** How one attempt went. Times in milliseconds of the monotonic clock. */
export interface Outcome {
  readonly attempt: Attempt;
  readonly booked: boolean;
  readonly sentAt: number;
  readonly answeredAt: number;
}

export interface Desk {
  tryToBook(attempt: Attempt): Promise<Outcome>;
  close(): void;
}

/** Signs in with a password, as a browser would, and books over up to `connections` connections that stay open. */
export async function openDesk(
  origin: string,
  clinic: RaceClinic,
  password: string,
  connections: number,
): Promise<Desk> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const signedIn = await post(agent, origin, '/sign-in', { email: clinic.email, password }, '');
  const cookie = (signedIn.cookies ?? []).map((one) => one.split(';', 1)[0]).join('; ');
  if (signedIn.status !== 303 || !cookie) throw new Error(`Signing in was answered with ${signedIn.status}`);
  return {
    async tryToBook(attempt) {
      const fields = {
        key: attempt.key,
        service: clinic.serviceId,
        site: clinic.siteId,
        clinician: attempt.clinicianId ?? '',
        start: String(attempt.start),
        given: attempt.person.givenName,
        family: attempt.person.familyName,
        birth: attempt.person.birthDate,
        email: `${attempt.key}@example.org`,
      };
      const sentAt = performance.now();
      const answer = await post(agent, origin, '/desk/bench', fields, cookie);
      const answeredAt = performance.now();
      if (answer.status !== 303 && answer.body !== 'taken')
        throw new Error(`${attempt.key} was answered with ${answer.status}: ${answer.body.slice(0, 500)}`);
      return { attempt, booked: answer.status === 303, sentAt, answeredAt };
    },
    close: () => agent.destroy(),
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly cookies: readonly string[] | undefined;
}

function post(
  agent: Agent,
  origin: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  cookie: string,
): Promise<Answer> {
  const body = new URLSearchParams(fields).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    'sec-fetch-site': 'same-origin',
    ...(cookie ? { cookie } : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, origin), { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(parts).toString(),
          cookies: response.headers['set-cookie'],
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
