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

/** The hidden fields, and those with a value, of the form that posts to `action`. */
export function fieldsOf(markup: string, action: string): Record<string, string> {
  const form = markup.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const inputs = form.split('</form>', 1)[0]?.matchAll(/<input([^>]*)>/g) ?? [];
  const fields = [...inputs]
    .map(([, attributes = '']) => attributes)
    .filter((text) => text.includes('type="hidden"'));
  return Object.fromEntries(fields.map((text) => [attribute(text, 'name'), attribute(text, 'value')]));
}

function attribute(text: string, name: string): string {
  return (new RegExp(` ${name}="([^"]*)"`).exec(text)?.[1] ?? '').replaceAll('&amp;', '&');
}
