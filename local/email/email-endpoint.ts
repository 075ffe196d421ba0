import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { SESClient } from '@aws-sdk/client-ses';
import { GetAccountCommand, SESv2Client, SESv2ServiceException } from '@aws-sdk/client-sesv2';
import { versionTwoApi } from './version-2-api.ts';

/** How the SDK's clients reach an endpoint. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Where SES version 2 answers. */
export interface EmailEndpoint {
  readonly endpoint: string;
  /** Whether requests are translated there. */
  readonly isTranslated: boolean;
  close(): void;
}

const NOT_IMPLEMENTED = 501;

/** Finds SES version 2 at an endpoint, or puts a translation on 127.0.0.1 in front of one that has version 1 alone. */
export async function openEmailEndpoint(settings: ClientSettings): Promise<EmailEndpoint> {
  if (await hasVersion2(settings))
    return { endpoint: settings.endpoint, isTranslated: false, close: () => undefined };
  // As with the client of version 2 that it serves, whoever sends decides about a second try.
  const client = new SESClient({ ...settings, maxAttempts: 1 });
  const server = createAdaptorServer({ fetch: versionTwoApi(client).fetch }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    isTranslated: true,
    close: () => {
      server.close();
      client.destroy();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string')
    throw new TypeError(`Expected an IP address and a port, got ${String(address)}.`);
  return address.port;
}

/** An endpoint that lacks it says so with a status of its own; any other answer comes from the service. */
async function hasVersion2(settings: ClientSettings): Promise<boolean> {
  const client = new SESv2Client({ ...settings, maxAttempts: 1 });
  try {
    await client.send(new GetAccountCommand({}));
    return true;
  } catch (error) {
    if (!(error instanceof SESv2ServiceException)) throw error;
    return error.$metadata.httpStatusCode !== NOT_IMPLEMENTED;
  } finally {
    client.destroy();
  }
}
