import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';
import type { KafkaClientOptions } from './kafka-client.ts';

/**
 * Returns the settings for TLS with IAM authentication on Amazon MSK. Each connection gets a token that is signed
 * with the credentials of the AWS SDK. Signing calls no service, so it also works in a network without internet
 * access.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/configure-clients-for-iam-access-control.html
 */
export function mskIam(region: string): Pick<KafkaClientOptions, 'ssl' | 'sasl'> {
  return {
    ssl: true,
    sasl: {
      mechanism: 'oauthbearer',
      oauthBearerProvider: async () => ({ value: await mskToken(region) }),
    },
  };
}

/** Creates a token for one connection of any client library. */
export async function mskToken(region: string): Promise<string> {
  return (await generateAuthToken({ region })).token;
}
