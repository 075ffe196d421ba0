import { describe, expect, test } from '@jest/globals';
import { refuseRequest, type SeenRequest } from '../../../console/server/refuse-request.ts';

const PORT = 8080;

/** A request of the page itself. */
function aRequest(
  { method = 'GET', target = '/api/overview' }: Partial<Pick<SeenRequest, 'method' | 'target'>> = {},
  headers: Readonly<Record<string, string>> = {},
): SeenRequest {
  const all = { host: `localhost:${PORT}`, ...headers };
  return { method, target, headers: all, rawHeaders: Object.entries(all).flat() };
}

const statusOf = (request: SeenRequest): number | undefined => refuseRequest(request, PORT)?.status;

describe('the Host header', () => {
  test.each([[`127.0.0.1:${PORT}`], [`localhost:${PORT}`], [`[::1]:${PORT}`]])('%s is our own', (host) => {
    expect(statusOf(aRequest({}, { host }))).toBeUndefined();
  });

  test.each([
    ['localhost', 'no port'],
    ['localhost:80', 'another port'],
    [`localhost.:${PORT}`, 'a dot at the end'],
    [`user@localhost:${PORT}`, 'user info'],
    [`localhost.evil.example:${PORT}`, 'a name that begins like ours'],
    [`127.0.0.1.nip.io:${PORT}`, 'a name that resolves to this machine'],
    [`evil.example:${PORT}`, 'a name that was bound anew'],
    [`0.0.0.0:${PORT}`, 'all addresses'],
    [`127.1:${PORT}`, 'a short form'],
    [`2130706433:${PORT}`, 'a number'],
    [`[::ffff:127.0.0.1]:${PORT}`, 'IPv4 in IPv6'],
    [`LOCALHOST:${PORT}`, 'a spelling that no browser sends'],
    ['', 'nothing'],
  ])('"%s" is refused: %s', (host) => {
    expect(statusOf(aRequest({}, { host }))).toBe(403);
  });

  test('two of them are refused, and none', () => {
    const own = aRequest();
    const two = { ...own, rawHeaders: [...own.rawHeaders, 'Host', 'evil.example'] };

    expect([statusOf(two), statusOf({ ...own, rawHeaders: [] })]).toEqual([403, 403]);
  });

  test('a value that reads like the name of the header is no host', () => {
    const own = aRequest();

    expect(statusOf({ ...own, rawHeaders: ['x', 'host', 'y', `localhost:${PORT}`] })).toBe(403);
  });
});

test.each([
  [`http://localhost:${PORT}/api/overview`],
  [`http://evil.example/`],
  ['//evil.example/'],
  ['*'],
  ['evil.example:80'],
  [`/${'x'.repeat(3_000)}`],
  ['/\u0000'],
])('a target that is no path on this server is refused: %s', (target) => {
  expect(statusOf(aRequest({ target }))).toBe(400);
});

describe('where a request comes from', () => {
  test.each([
    ['GET', 'http://evil.example'],
    ['POST', 'http://evil.example'],
    ['OPTIONS', 'http://evil.example'],
    ['GET', `https://localhost:${PORT}`],
    ['GET', 'http://localhost:3000'],
    ['POST', 'null'],
  ])('a %s of the origin %s is refused', (method, origin) => {
    expect(statusOf(aRequest({ method }, { origin }))).toBe(403);
  });

  test.each([['cross-site'], ['same-site']])('what the browser calls %s is refused', (site) => {
    expect(statusOf(aRequest({}, { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }))).toBe(403);
  });

  test.each([['same-origin'], ['none']])('what the browser calls %s is answered', (site) => {
    expect(statusOf(aRequest({}, { 'sec-fetch-site': site }))).toBeUndefined();
  });

  test('a link of another site leads to the page, which is read-only, and to nothing else', () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

    expect([
      statusOf(aRequest({ target: '/' }, link)),
      statusOf(aRequest({ target: '/api/overview' }, link)),
      statusOf(aRequest({ target: '/', method: 'POST' }, link)),
    ]).toEqual([undefined, 403, 403]);
  });

  test('a file on disk may post the token', () => {
    const file = { origin: 'null', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

    expect([
      statusOf(aRequest({ target: '/session', method: 'POST' }, file)),
      statusOf(aRequest({ target: '/session', method: 'GET' }, file)),
      statusOf(aRequest({ target: '/session?x', method: 'POST' }, file)),
    ]).toEqual([undefined, 403, 403]);
  });
});
