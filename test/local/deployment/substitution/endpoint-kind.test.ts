import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, test } from '@jest/globals';

import { detectEndpointKind } from '../../../../local/deployment/substitution/endpoint-kind.ts';

let server: Server | undefined;

/** An endpoint that answers these paths and no others. */
async function endpoint(answers: Readonly<Record<string, object>>): Promise<string> {
  server = createServer((request, response) => {
    const body = answers[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

describe('detectEndpointKind', () => {
  test.each([
    ['ministack', { '/_ministack/health': {}, '/_localstack/info': {} }],
    ['localstack', { '/_localstack/info': { version: '4.14.0', is_license_activated: false } }],
    ['localstack', { '/_localstack/info': { version: '2026.3.0', is_license_activated: true } }],
  ])('recognizes %s by its answer', async (expected, answers) => {
    const kind = await detectEndpointKind(await endpoint(answers));

    expect(kind).toBe(expected);
  });

  test('fails when something else answers', async () => {
    const url = await endpoint({});

    await expect(detectEndpointKind(url)).rejects.toThrow(
      `${url} is neither MiniStack nor LocalStack: give the address of one of them`,
    );
  });
});
