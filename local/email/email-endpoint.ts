import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { SESClient } from '@aws-sdk/client-ses';
import { GetAccountCommand, SESv2Client, SESv2ServiceException } from '@aws-sdk/client-sesv2';
import { versionTwoApi } from './version-2-api.ts';

/** The settings of SDK clients for an endpoint. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The URL of SES version 2. */
export interface EmailEndpoint {
  readonly endpoint: string;
  /** True when requests are translated there. */
  readonly isTranslated: boolean;
  close(): void;
}

const NOT_IMPLEMENTED = 501;

/** Finds SES version 2 at an endpoint. Starts a translation on 127.0.0.1 for an endpoint that has only version 1. */
export async function openEmailEndpoint(settings: ClientSettings): Promise<EmailEndpoint> {
  if (await hasVersion2(settings))
    return { endpoint: settings.endpoint, isTranslated: false, close: () => undefined };
  // No retries here: the caller of the version 2 client decides about them.
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

/**
 * Returns whether the endpoint has SES version 2. An endpoint without it answers with a status of its own; any other
 * answer comes from the service.
 */
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
