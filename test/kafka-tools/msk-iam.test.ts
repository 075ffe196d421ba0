import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { KafkaConfig } from 'kafkajs';
import { mskIam } from '../../kafka-tools/msk-iam.ts';

describe('the security of a connection to Amazon MSK with IAM', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('is TLS with a token signed by the credentials of the AWS SDK', async () => {
    jest.replaceProperty(process, 'env', {
      AWS_ACCESS_KEY_ID: 'example-key',
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      AWS_SESSION_TOKEN: 'session',
    });

    const { ssl, sasl } = mskIam('eu-central-1');

    const request = await signedRequest(sasl);
    expect(ssl).toBe(true);
    expect(request.host).toBe('kafka.eu-central-1.amazonaws.com');
    expect(request.searchParams.get('Action')).toBe('kafka-cluster:Connect');
    expect(request.searchParams.get('X-Amz-Security-Token')).toBe('session');
    expect(request.searchParams.get('X-Amz-Credential')).toMatch(
      /^example-key\/\d{8}\/eu-central-1\/kafka-cluster\/aws4_request$/,
    );
  });
});

/** What the token says: a presigned request to the service, in base64url. */
async function signedRequest(sasl: KafkaConfig['sasl']): Promise<URL> {
  if (sasl === undefined || !('oauthBearerProvider' in sasl)) throw new Error('There is no token.');
  const { value } = await sasl.oauthBearerProvider();
  return new URL(Buffer.from(value, 'base64url').toString());
}
