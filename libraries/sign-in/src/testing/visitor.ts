/** A browser without a window: cookies by host, redirects one at a time. */

export type Visitor = {
  readonly cookies: Map<string, string>;
  get(url: string, headers?: Record<string, string>): Promise<Response>;
  post(url: string, body?: URLSearchParams, headers?: Record<string, string>): Promise<Response>;
  /** Follows redirects until a page comes, or `until` matches where the next would lead. */
  follow(url: string, until?: RegExp): Promise<{ readonly url: string; readonly response: Response }>;
};

const redirectsMax = 10;

export function visitor(): Visitor {
  const cookies = new Map<string, string>();
  const ask = async (url: string, init: RequestInit): Promise<Response> => {
    const header = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(header === '' ? {} : { cookie: header }) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const get: Visitor['get'] = (url, headers = {}) => ask(url, { headers });
  return {
    cookies,
    get,
    post: (url, body, headers = {}) => ask(url, { method: 'POST', headers, ...(body === undefined ? {} : { body }) }),
    async follow(start, until) {
      let url = start;
      for (let i = 0; i < redirectsMax; i++) {
        const response = await get(url);
        const next = response.headers.get('location');
        if (next === null) return { url, response };
        url = new URL(next, url).href;
        if (until?.test(url)) return { url, response };
      }
      throw new Error('redirected in a circle');
    },
  };
}
