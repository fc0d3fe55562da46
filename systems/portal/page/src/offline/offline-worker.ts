/**
 * Keeps the page, its decoders and the trust bundle in the browser, so that a paper can be checked where there is no
 * network. Questions about a paper are never kept and never answered from here.
 */

/** The built files, put in by the build: another build is another worker, and another store. */
declare const __offlineFiles__: readonly string[];
declare const __offlineVersion__: string;

type Extendable = { waitUntil(work: Promise<unknown>): void };
type Fetched = { readonly request: Request; respondWith(reply: Promise<Response>): void };
type WorkerScope = {
  readonly registration: { readonly scope: string };
  addEventListener(kind: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(kind: 'fetch', listener: (event: Fetched) => void): void;
};
const worker = globalThis as unknown as WorkerScope;

const family = 'dokodemo-portal-';
const store = `${family}${__offlineVersion__}`;
const base = worker.registration.scope;
const page = new URL('./', base).href;
const bundle = new URL('./trust/bundle.json', base).href;
const assets = new URL('./assets/', base).href;

worker.addEventListener('install', (event) => {
  const all = [page, bundle, ...__offlineFiles__.map((file) => new URL(file, base).href)];
  // All of them or none: half a page would fail where nobody can help.
  event.waitUntil(
    caches.open(store).then((kept) => kept.addAll(all.map((url) => new Request(url, { cache: 'no-cache' })))),
  );
});

worker.addEventListener('activate', (event) => {
  const isOld = (name: string) => name.startsWith(family) && name !== store;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

/** What was kept counts only where the network gives nothing: a newer page, and a newer trust bundle, go first. */
async function newestOf(key: string, request: Request): Promise<Response> {
  const kept = await caches.open(store);
  try {
    const reply = await fetch(request);
    if (reply.ok && key === bundle) await kept.put(key, reply.clone());
    if (reply.ok || reply.status < 500) return reply;
  } catch {
    // no network: what was kept is used
  }
  return (await kept.match(key)) ?? Response.error();
}

/** Files with their digest in their names never change. */
async function keptOr(request: Request): Promise<Response> {
  const kept = await caches.open(store);
  const found = await kept.match(request.url);
  if (found !== undefined) return found;
  const reply = await fetch(request);
  if (reply.ok) await kept.put(request.url, reply.clone());
  return reply;
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const plain = `${origin}${pathname}`;
  if (request.method !== 'GET') return;
  if (plain === page || plain === bundle) event.respondWith(newestOf(plain, request));
  else if (plain.startsWith(assets)) event.respondWith(keptOr(request));
});
