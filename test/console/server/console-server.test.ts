import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startConsole, type RunningConsole } from '../../../console/server/start-console.ts';
import { waitFor } from '../../../local/helpers/wait-for.ts';
import type { ConsoleSources } from '../../../console/ports.ts';
import {
  aGroupReport,
  aLetter,
  fakeActions,
  fakeLetterActions,
  fakeLetters,
  fakeReader,
  fakeSources,
} from '../builders.ts';

jest.setTimeout(30_000);

const TOKEN = 'the-token-of-this-run';
const done: string[] = [];
/** How often each thing was asked of brokers and services. */
const asked = new Map<string, number>();
let page: RunningConsole;
let port = 0;

/** A source that counts how often it is asked. */
function counted<A extends readonly unknown[], T>(
  what: string,
  answer: (...args: A) => T,
): (...args: A) => T {
  asked.set(what, 0);
  return (...args) => {
    asked.set(what, (asked.get(what) ?? 0) + 1);
    return answer(...args);
  };
}

/** Sources that count what they are asked. */
function countedSources(): ConsoleSources {
  const reader = fakeReader([]);
  const letters = fakeLetters([aLetter()]);
  return fakeSources({
    groups: counted('groups', () => Promise.resolve([aGroupReport()])),
    records: {
      ...reader,
      bounds: counted('bounds', () => reader.bounds()),
      read: counted('read', (...range) => reader.read(...range)),
    },
    effects: counted('effects', () => Promise.resolve([])),
    letters: {
      ...letters,
      depths: counted('depths', () => letters.depths()),
      list: counted('list', (consumer) => letters.list(consumer)),
      journal: counted('journal', (...question) => letters.journal(...question)),
    },
    alarms: counted('alarms', () => Promise.resolve({ alarms: [], changes: [] })),
    findings: counted('findings', () => Promise.resolve([])),
  });
}

beforeAll(async () => {
  page = await startConsole({
    port: { port: 0, kind: 'preferred' },
    runToken: TOKEN,
    sources: countedSources(),
    actions: fakeActions(done),
    letterActions: fakeLetterActions(done),
  });
  port = Number(new URL(page.endpoint).port);
});

afterAll(async () => {
  await page.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a request with exactly these headers and this target; `fetch` would mend them. */
function send(
  target: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, path: target, method, headers, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Opens an event stream. @returns its status, and what was told so far. */
function listen(
  headers: Record<string, string>,
): Promise<{ status: number; told: string[]; close: () => void }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, path: '/api/events', headers, agent: false },
      (response) => {
        const told: string[] = [];
        response.setEncoding('utf8').on('data', (part: string) => told.push(part));
        resolve({ status: response.statusCode ?? 0, told, close: () => request.destroy() });
      },
    );
    request.on('error', reject);
    request.end();
  });
}

/** What is asked of brokers and services within three seconds. */
async function rounds(): Promise<Readonly<Record<string, number>>> {
  const before = new Map(asked);
  const since = Date.now();
  await waitFor(() => Date.now() - since >= 3_000, { what: 'three seconds', timeoutMs: 5_000 });
  return Object.fromEntries([...asked].map(([what, times]) => [what, times - (before.get(what) ?? 0)]));
}

/** Every address that a page asks when something has changed. */
const ADDRESSES = [
  '/api/overview',
  '/api/history?after=0',
  '/api/timeline',
  '/api/calls',
  '/api/experiments',
  '/api/failures',
  '/api/failures/billing',
  '/api/alarms',
  '/api/findings',
  '/api/trace?key=order-1',
];

/** A page that is in sight: it listens, and asks for all of it each time it is told of something. @returns what closes it. */
async function view(): Promise<() => Promise<void>> {
  const stream = await listen({ 'x-console-token': TOKEN });
  const closing = new AbortController();
  const asking = (async () => {
    while (!closing.signal.aborted) {
      const isTold = (): boolean => stream.told.length > 0 || closing.signal.aborted;
      await waitFor(isTold, { what: 'something new', timeoutMs: 20_000 });
      stream.told.length = 0;
      await Promise.all(ADDRESSES.map((address) => send(address)));
    }
  })();
  return async () => {
    closing.abort();
    await asking;
    stream.close();
  };
}

const post = (body: string, headers: Record<string, string> = {}): Promise<Answer> =>
  send('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null', ...headers },
    body,
  });

describe('what is sent', () => {
  test.each([
    ['/'],
    ['/page.js'],
    ['/page.css'],
    ['/icon.svg'],
    ['/session.js'],
    ['/api/overview'],
    ['/nothing'],
  ])('%s has a strict policy and no header that lets other origins read it', async (target) => {
    const { headers } = await send(target);

    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  test.each([['GET'], ['POST'], ['OPTIONS']])(
    'a %s of a foreign origin is refused, without any CORS header',
    async (method) => {
      const { status, headers } = await send('/api/overview', {
        method,
        headers: { origin: 'http://evil.example' },
      });

      expect(status).toBe(403);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    },
  );

  test('the page is at most 120 KB, compressed', async () => {
    const sizes = await Promise.all(
      ['/', '/page.js', '/page.css', '/icon.svg'].map(async (target) => {
        const { headers } = await send(target, { headers: { 'accept-encoding': 'gzip' } });
        return Number(headers['content-length']);
      }),
    );

    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120 * 1024);
  });
});

describe('only what is in the map is served', () => {
  test.each([
    ['/../package.json'],
    ['/%2e%2e/package.json'],
    ['/%252e%252e/package.json'],
    [String.raw`/..\package.json`],
    ['/..%5cpackage.json'],
    ['/page.js%00.css'],
    ['/page.js/../../package.json'],
    ['/@fs/etc/passwd'],
    ['/@fs/etc/passwd?#/../page.js'],
    ['/page/main.tsx'],
    ['/node_modules/preact/package.json'],
    ['/file:///etc/passwd'],
    ['/.local/environment.json'],
    ['/PAGE.JS'],
  ])('%s leads nowhere', async (target) => {
    const { status, body } = await send(target);

    expect([400, 403, 404]).toContain(status);
    expect(body).not.toMatch(/root:|"name"|import /);
  });
});

describe('the event stream', () => {
  test.each([
    { who: 'our own origin', headers: () => ({ origin: `http://localhost:${port}` }), status: 200 },
    {
      who: 'our own page, which sends no origin',
      headers: () => ({ 'sec-fetch-site': 'same-origin' }),
      status: 200,
    },
    { who: 'a foreign origin', headers: () => ({ origin: 'http://evil.example' }), status: 403 },
    {
      who: 'a foreign origin with the token',
      headers: () => ({ origin: 'http://evil.example', 'x-console-token': TOKEN }),
      status: 403,
    },
    { who: 'no origin and no token', headers: () => ({}), status: 403 },
    { who: 'no origin and a wrong token', headers: () => ({ 'x-console-token': 'x' }), status: 403 },
    { who: 'no origin and the token', headers: () => ({ 'x-console-token': TOKEN }), status: 200 },
  ])('$who: $status', async ({ headers, status }) => {
    const stream = await listen(headers());
    stream.close();

    expect(stream.status).toBe(status);
  });

  test('it tells numbers of changes and nothing else', async () => {
    const stream = await listen({ 'x-console-token': TOKEN });
    await waitFor(() => stream.told.length > 1, { what: 'two messages', timeoutMs: 5_000 });
    stream.close();

    const message = /^data: (.*)\n\n$/.exec(stream.told[0] ?? '')?.[1] ?? '';

    expect(JSON.parse(message)).toEqual({
      overview: expect.any(Number),
      timeline: expect.any(Number),
      calls: expect.any(Number),
      experiments: expect.any(Number),
      failures: expect.any(Number),
      alarms: expect.any(Number),
      findings: expect.any(Number),
    });
  });

  test('twenty viewers cost the broker what one does, and no viewer hardly anything', async () => {
    const ofNobody = await rounds();
    const one = await view();
    const ofOne = await rounds();
    const others = await Promise.all(Array.from({ length: 19 }, view));
    const ofTwenty = await rounds();
    await Promise.all([one, ...others].map((close) => close()));

    const costlier = Object.entries(ofTwenty).filter(([what, times]) => times > (ofOne[what] ?? 0) + 1);
    expect({
      ofNobody: Object.values(ofNobody).reduce((sum, times) => sum + times, 0) <= 1,
      ofOne: (ofOne['groups'] ?? 0) >= 2 && (ofOne['depths'] ?? 0) >= 1,
      costlier,
    }).toEqual({ ofNobody: true, ofOne: true, costlier: [] });
  });

  test('more pages than a person opens are refused, and the server answers still', async () => {
    const streams = await Promise.all(
      Array.from({ length: 130 }, () => listen({ 'x-console-token': TOKEN })),
    );
    const refused = streams.filter(({ status }) => status === 503).length;
    const { status } = await send('/api/overview');
    for (const stream of streams) stream.close();

    expect({ refused: refused >= 30, status }).toEqual({ refused: true, status: 200 });
  });
});

describe("the run's token", () => {
  test('a file that posts it gets a page that hands it to its own storage', async () => {
    const { status, body } = await post(`token=${TOKEN}`);

    expect({ status, body }).toEqual({ status: 200, body: expect.stringContaining(`content="${TOKEN}"`) });
  });

  test.each([['token=wrong'], ['token='], [''], ['other=1']])('%s is refused', async (body) => {
    const answer = await post(body);

    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain(TOKEN);
  });

  test('it is in no answer but that one', async () => {
    const bodies = await Promise.all(
      ['/', '/page.js', '/session.js', '/api/overview', '/api/access'].map(
        async (target) => (await send(target)).body,
      ),
    );

    expect(bodies.filter((body) => body.includes(TOKEN))).toEqual([]);
  });

  test('who shows it may change things, and nobody else', async () => {
    const answers = await Promise.all([
      send('/api/access'),
      send('/api/access', { headers: { 'x-console-token': 'wrong' } }),
      send('/api/access', { headers: { 'x-console-token': TOKEN } }),
    ]);

    expect(answers.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { mayChange: false },
      { mayChange: false },
      { mayChange: true },
    ]);
  });
});

describe('a change', () => {
  const whole = (): { method: string; headers: Record<string, string>; body: string } => ({
    method: 'POST',
    headers: {
      host: `localhost:${port}`,
      origin: `http://localhost:${port}`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      'x-console-token': TOKEN,
    },
    body: '{"group":"billing-group","count":3}',
  });
  const TARGET = '/api/experiments/pollers';
  const LETTER_TARGETS = ['/api/failures/billing/rehearse', '/api/failures/billing/redrive'];

  test('with all that it needs is done', async () => {
    done.length = 0;

    const { status, body } = await send(TARGET, whole());

    expect({ status, answer: JSON.parse(body) as unknown, done }).toEqual({
      status: 200,
      answer: { done: 'billing-group gets 3 pollers.', watch: expect.any(String) },
      done: ['pollers billing-group 3'],
    });
  });

  test.each([
    ['no token', { 'x-console-token': '' }],
    ['a wrong token', { 'x-console-token': 'wrong' }],
    ['a token that is the beginning of the right one', { 'x-console-token': TOKEN.slice(0, -1) }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'content-type': 'text/plain' }],
    ['no origin', { origin: '' }],
    ['a foreign origin', { origin: 'http://evil.example' }],
    ['the origin of another port', { origin: 'http://localhost:3000' }],
    ['no origin at all, as of a file', { origin: 'null' }],
    ['another site, says the browser', { 'sec-fetch-site': 'cross-site' }],
    ['another port, says the browser', { 'sec-fetch-site': 'same-site' }],
    ['a name that was bound anew', { host: 'evil.example' }],
  ])('with %s is refused, and nothing is done', async (_case, headers: Record<string, string>) => {
    done.length = 0;
    const request = whole();
    const changed = Object.entries({ ...request.headers, ...headers }).filter(([, value]) => value !== '');

    const answers = await Promise.all(
      [TARGET, ...LETTER_TARGETS].map((target) =>
        send(target, { ...request, headers: Object.fromEntries(changed) }),
      ),
    );

    expect({ allowed: answers.filter(({ status }) => ![403, 415].includes(status)), done }).toEqual({
      allowed: [],
      done: [],
    });
  });

  test.each(LETTER_TARGETS)('%s with all that it needs is done', async (target) => {
    done.length = 0;

    const { status, body } = await send(target, { ...whole(), body: '{"force":false}' });

    const work = target.split('/').at(-1) ?? '';
    expect({ status, answer: JSON.parse(body) as unknown, done }).toEqual({
      status: 200,
      answer: { text: `${work} of billing is done` },
      done: [`${work} billing {"force":false}`],
    });
  });

  test('by GET is nothing', async () => {
    const { status } = await send(TARGET, { ...whole(), method: 'GET', body: '' });

    expect(status).toBe(404);
  });

  test.each([
    ['pollers', '{"group":"billing-group","count":99}'],
    ['pollers', '{"group":"../x","count":1}'],
    ['produce', '{"count":1000000}'],
    ['nothing', '{}'],
    ['pollers', 'no JSON'],
  ])('%s of %s is refused with what is allowed', async (name, body) => {
    done.length = 0;

    const { status } = await send(`/api/experiments/${name}`, { ...whole(), body });

    expect({ status, done }).toEqual({ status: 400, done: [] });
  });
});

describe('dead letters', () => {
  test.each([
    ['/api/failures', 200],
    ['/api/failures/billing', 200],
    ['/api/failures/billing/letter?id=0:1', 200],
    ['/api/failures/nobody', 400],
    ['/api/failures/constructor', 400],
    ['/api/failures/billing/letter', 400],
    [`/api/failures/billing/letter?id=${'1'.repeat(257)}`, 400],
  ])('%s answers everybody with %s', async (target, wanted) => {
    const { status } = await send(target);

    expect(status).toBe(wanted);
  });
});

describe('a search', () => {
  test.each([['(a+)+$'.repeat(40)], ['.*'.repeat(128)], ['%00%0a<script>']])(
    'of %s is taken letter by letter and ends at once',
    async (key) => {
      const startedAt = performance.now();

      const { status } = await send(`/api/trace?key=${encodeURIComponent(key)}`);

      expect({ status, inTime: performance.now() - startedAt < 2_000 }).toEqual({
        status: 200,
        inTime: true,
      });
    },
  );

  test.each([[''], ['x'.repeat(257)]])('of a key that is too short or too long is refused', async (key) => {
    const { status } = await send(`/api/trace?key=${key}`);

    expect(status).toBe(400);
  });
});

describe('a server that is held up answers still', () => {
  test('a body that is too large is refused', async () => {
    const { status } = await send('/session', { method: 'POST', body: 'x'.repeat(20_000) });

    expect(status).toBe(413);
  });

  test('a thousand connections that say little do not stop the page', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 1_000 }, async (): Promise<Socket> => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined).resume();
        await once(socket, 'connect');
        socket.write('GET / HTTP/1.1\r\nHost: loc');
        return socket;
      }),
    );
    const { status } = await send('/api/overview');
    await waitFor(() => sockets.every(({ closed }) => closed), {
      what: 'connections without a request to be closed',
      timeoutMs: 15_000,
    }).finally(() => {
      for (const socket of sockets) socket.destroy();
    });

    expect(status).toBe(200);
  });
});

test('it listens on loopback alone', async () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  const answers = await Promise.all(
    outside.map(async ({ address }) => {
      const socket = connect(port, address);
      const answer = await Promise.race([
        once(socket, 'connect').then(() => 'connected'),
        once(socket, 'error').then(() => 'refused'),
      ]).catch(() => 'refused');
      socket.destroy();
      return answer;
    }),
  );

  expect(answers.filter((answer) => answer !== 'refused')).toEqual([]);
});

test('a port that was asked for and is taken is one clear error', async () => {
  const again = startConsole({
    port: { port, kind: 'required' },
    runToken: TOKEN,
    sources: fakeSources(),
    actions: fakeActions(),
    letterActions: fakeLetterActions(),
  });

  await expect(again).rejects.toThrow(`port ${port} for the console cannot be used on 127.0.0.1`);
});
