import { AlreadyExistsException, CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';

import { awsClientSettings } from './aws-client-settings.ts';

/** Verifies the addresses (or domains) with SES at the endpoint, which requires verified senders. */
export async function verifyEmailIdentities(
  endpoint: string,
  region: string,
  identities: readonly string[],
): Promise<void> {
  const client = new SESv2Client(awsClientSettings(endpoint, region));
  try {
    for (const EmailIdentity of identities) await createUnlessThere(client, EmailIdentity);
  } finally {
    client.destroy();
  }
}

async function createUnlessThere(client: SESv2Client, EmailIdentity: string): Promise<void> {
  try {
    await client.send(new CreateEmailIdentityCommand({ EmailIdentity }));
  } catch (error) {
    if (!(error instanceof AlreadyExistsException)) throw error;
  }
}
