/**
 * Whose browser may speak with the agent. It listens on the kiosk's own machine, but a page of a stranger, opened in a
 * browser there, could send requests too: by another origin, or by a name of its own that it lets point to 127.0.0.1
 * (DNS rebinding). The panel's browser sends its own host; everything else is refused before anything is read.
 */

export type AskedBy = {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, `Sec-Fetch-Mode`: absent where no browser asks. */
  readonly fetchSite: string | undefined;
  readonly fetchMode: string | undefined;
};

export type Doors = {
  /** Host headers (with port) that mean this server. */
  readonly hosts: ReadonlySet<string>;
  /** The one foreign page that may use the bench. */
  readonly benchOrigin: string | undefined;
};

/** `panel`: for the panel alone. `bench`: also for the bench page. `page`: static files and sheets, which any page may
 *  link to (and, by the content security policy, only the bench page may frame). */
export type Area = 'panel' | 'bench' | 'page';

/** Why not, for the operator; undefined: come in. */
export function whyNot({ host, origin, fetchSite, fetchMode }: AskedBy, area: Area, doors: Doors): string | undefined {
  if (host === undefined || !doors.hosts.has(host.toLowerCase())) return 'the host is not this kiosk';
  const foreign = origin !== undefined && origin !== `http://${host}`;
  const bench = foreign && area !== 'panel' && origin === doors.benchOrigin;
  if (foreign && !bench) return 'the origin is not this kiosk’s panel';
  // A page of a stranger may send a GET without telling its origin; the browser tells that it was a stranger.
  const strange = fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none';
  if (strange && !bench && !(area === 'page' && fetchMode === 'navigate')) return 'another site asks';
  return undefined;
}

/** The Host headers of a server that listens at `host` and `port`, and the further names it was given. */
export function hostsOf(host: string, port: number, further: readonly string[]): ReadonlySet<string> {
  const own = host.includes(':') ? `[${host}]` : host;
  const names = ['localhost', '127.0.0.1', '[::1]', own.toLowerCase()];
  // Browsers leave out port 80.
  const withPort = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  return new Set([...withPort, ...further.map((name) => name.toLowerCase())]);
}
