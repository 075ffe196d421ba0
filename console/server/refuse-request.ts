import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came, before anything is done for it. */
export interface SeenRequest {
  readonly method: string;
  /** As on the request line. */
  readonly target: string;
  /** Names and values in turn, with all that came twice. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
}

export interface Refusal {
  readonly status: 400 | 403;
  readonly message: string;
}

/** Takes the run's token from a file that a browser opens, so it comes from no origin; the token itself is its pass. */
export const SESSION_PATH = '/session';

const LONGEST_TARGET = 2_048;

/**
 * Says why a request is refused before anything is done for it. The page talks to its own server and nobody else does:
 * no other site, under whatever name it reaches this machine.
 */
export function refuseRequest(request: SeenRequest, port: number): Refusal | undefined {
  if (!isOwnHost(request, port)) {
    return { status: 403, message: `This server answers at 127.0.0.1:${port} and localhost:${port} alone.` };
  }
  if (!/^\/(?!\/)[\x21-\x7e]*$/.test(request.target) || request.target.length > LONGEST_TARGET) {
    return { status: 400, message: 'A request names a path on this server.' };
  }
  const isSession = request.method === 'POST' && request.target === SESSION_PATH;
  if (!isSession && comesFromElsewhere(request, port)) {
    return { status: 403, message: 'This server answers its own page alone.' };
  }
  return undefined;
}

/** The names by which this machine reaches the port, each as browsers write it. */
function hostsOf(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

/** Whether the Host header is there once and is our own: another name is how DNS rebinding shows. */
function isOwnHost({ rawHeaders }: SeenRequest, port: number): boolean {
  const hosts = rawHeaders.filter(
    (_, index) => rawHeaders[index - 1]?.toLowerCase() === 'host' && index % 2 === 1,
  );
  return hosts.length === 1 && hostsOf(port).includes(hosts[0] ?? '');
}

/** A navigation from another site loads the page, which is read-only; everything else needs our own origin. */
function comesFromElsewhere({ method, headers, target }: SeenRequest, port: number): boolean {
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, port)) return true;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return !(method === 'GET' && target === '/' && headers['sec-fetch-mode'] === 'navigate');
}

/** Whether an Origin header is that of the page. */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return origin !== undefined && hostsOf(port).some((host) => origin === `http://${host}`);
}
