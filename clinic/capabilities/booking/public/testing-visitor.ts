import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

/** Somebody with a browser and no script, for tests: keeps cookies, follows links, sends forms. */
export interface Visitor {
  get(path: string): Promise<LightMyRequestResponse>;
  post(
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<LightMyRequestResponse>;
  readonly cookies: Map<string, string>;
}

let addresses = 0;
/** Everybody has an address of their own, unless a test says that they share one. */
function nextAddress(): string {
  addresses += 1;
  return `10.1.${addresses >> 8}.${addresses & 255}`;
}

/** A visitor of one clinic's host. */
export function visitor(app: FastifyInstance, host: string, remoteAddress = nextAddress()): Visitor {
  const cookies = new Map<string, string>();
  const headers = () => ({
    host,
    ...(cookies.size > 0
      ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
      : {}),
  });
  const keep = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies) {
      if (value === '') cookies.delete(name);
      else cookies.set(name, encodeURIComponent(value));
    }
    return response;
  };
  return {
    cookies,
    get: async (url) => keep(await app.inject({ method: 'GET', url, headers: headers(), remoteAddress })),
    post: async (url, fields) => {
      const pairs = Object.entries(fields).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]),
      );
      return keep(
        await app.inject({
          method: 'POST',
          url,
          remoteAddress,
          headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams(pairs as [string, string][]).toString(),
        }),
      );
    },
  };
}

export { fieldsOf } from '../../../platform/web/testing-form.ts';
