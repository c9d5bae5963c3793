import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

/** A browser of a test: it keeps cookies and sends forms, and has no screen. */
export interface TestBrowser {
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(
    url: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  readonly cookies: Map<string, string>;
}

let browsers = 0;

/** Keeps cookies as a browser does, and has an address of its own, as limits count by address. */
export function openTestBrowser(app: FastifyInstance, host: string): TestBrowser {
  const cookies = new Map<string, string>();
  const remoteAddress = `10.0.${++browsers >> 8}.${browsers & 255}`;
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    payload?: string,
  ): Promise<LightMyRequestResponse> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await app.inject({
      method,
      url,
      remoteAddress,
      headers: { host, ...(cookie ? { cookie } : {}), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0 || value === '') cookies.delete(name);
      else cookies.set(name, encodeURIComponent(value));
    }
    return response;
  };
  return {
    cookies,
    get: (url, headers = {}) => send('GET', url, headers),
    post: (url, fields = {}, headers = {}) =>
      send(
        'POST',
        url,
        { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
        new URLSearchParams(fields).toString(),
      ),
  };
}
