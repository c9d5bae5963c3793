import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from './fake-stripe-account.ts';
import { intentJson, type Json, refundJson, sessionJson } from './fake-stripe-objects.ts';
import type { FakeWorld } from './fake-stripe-world.ts';
import { type FormValues, parseForm, textAt } from './form-body.ts';

/** How calls can be made to fail before anything is done. */
export type Failure = 'server' | 'rate_limit' | 'authentication' | 'unreachable';

/** One call as it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly form: FormValues;
}

/** Whose API it is, and how its lines break. */
export interface ApiOwner extends FakeWorld {
  readonly secretKey: string;
  readonly requests: SeenRequest[];
  /** How this call is to fail, or null. */
  nextFailure(): Failure | null;
  /** Whether this call's answer gets lost. */
  losesAnswer(): boolean;
}

interface Answer {
  readonly status: number;
  readonly body: Json;
}

const FAILURES: Readonly<Record<Exclude<Failure, 'unreachable'>, Answer>> = {
  server: { status: 500, body: { error: { type: 'api_error', message: 'Something went wrong' } } },
  rate_limit: {
    status: 429,
    body: { error: { type: 'invalid_request_error', message: 'Too many requests' } },
  },
  authentication: {
    status: 401,
    body: { error: { type: 'invalid_request_error', message: 'Invalid API Key' } },
  },
};

/** Answers the calls that the payments make, as Stripe's API does: idempotency keys, errors and all. */
export function fakeApi(fake: ApiOwner) {
  const kept = new Map<string, { readonly asked: string; readonly answer: Answer }>();

  function answer(method: string, url: URL, key: string | undefined, body: string): Answer {
    const asked = `${method} ${url.pathname} ${body}`;
    const before = key ? kept.get(key) : undefined;
    if (before && before.asked !== asked)
      return refused(
        new ApiError(400, 'Keys for idempotent requests can only be used with the same parameters.', {
          type: 'idempotency_error',
        }),
      );
    if (before) return before.answer;
    fake.lapse();
    const form = parseForm(method === 'POST' ? body : url.searchParams.toString());
    try {
      const done = { status: 200, body: perform(fake, method, url.pathname, form) };
      if (key) kept.set(key, { asked, answer: done });
      return done;
    } catch (error) {
      if (error instanceof ApiError) return refused(error);
      throw error;
    }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', headers } = request;
    const url = new URL(request.url ?? '/', 'http://stripe.invalid');
    let body = '';
    request.setEncoding('utf8');
    for await (const part of request) body += String(part);
    fake.requests.push({ method, path: url.pathname, headers, form: parseForm(body || url.search.slice(1)) });
    const failure = fake.nextFailure();
    if (failure === 'unreachable') return void request.socket.destroy();
    if (failure) return send(response, FAILURES[failure]);
    if (headers.authorization !== `Bearer ${fake.secretKey}`) return send(response, FAILURES.authentication);
    const done = answer(method, url, headers['idempotency-key']?.toString(), body);
    if (fake.losesAnswer()) return void request.socket.destroy();
    send(response, done);
  };
  return { handle, forgetKeys: () => kept.clear() };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refused(error: ApiError): Answer {
  return { status: error.status, body: error.body };
}

function perform(fake: ApiOwner, method: string, path: string, form: FormValues): Json {
  const { account } = fake;
  const expanded = Object.values(typeof form.expand === 'object' ? form.expand : {});
  const [, , first, second, third, fourth] = path.split('/');
  const route = `${method} ${first}/${second === undefined ? '' : first === 'checkout' ? second : ':id'}`;
  if (route === 'POST checkout/sessions' && third === undefined)
    return sessionJson(account.openSession(form, fake.nowS()), fake.url);
  if (route === 'POST checkout/sessions' && fourth === 'expire') {
    const session = found(account.sessions, third, 'checkout.session');
    if (session.status !== 'open')
      throw new ApiError(400, 'Only Checkout Sessions with a status in ["open"] can be expired.');
    fake.expire(session.id);
    return sessionJson(session, fake.url);
  }
  if (route === 'GET checkout/sessions')
    return sessionJson(
      found(account.sessions, third, 'checkout.session'),
      fake.url,
      expanded.includes('payment_intent'),
    );
  if (route === 'GET payment_intents/:id')
    return intentJson(
      found(account.intents, second, 'payment_intent'),
      expanded.includes('latest_charge.balance_transaction'),
    );
  if (route === 'POST refunds/') return refundJson(fake.refund(form));
  if (route === 'GET refunds/') {
    const { id } = found(account.intents, textAt(form, 'payment_intent') ?? '', 'payment_intent');
    const data = [...account.refunds.values()].filter((refund) => refund.intent.id === id).map(refundJson);
    return { object: 'list', url: '/v1/refunds', has_more: false, data };
  }
  throw new ApiError(404, `Unrecognized request URL (${method}: ${path}).`);
}

function found<T>(all: ReadonlyMap<string, T>, id: string | undefined, what: string): T {
  const one = all.get(id ?? '');
  if (!one) throw new ApiError(404, `No such ${what}: '${id}'`, { code: 'resource_missing', param: 'id' });
  return one;
}
