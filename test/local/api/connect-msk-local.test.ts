import { expect, test } from '@jest/globals';
import { connectMskLocal } from '../../../local/api/connect-msk-local.ts';

test.each(['', '{}', 'http://127.0.0.1:9'])(
  '%j is rejected, because it is not a connection',
  async (text) => {
    await expect(connectMskLocal(text)).rejects.toThrow(/^This is not a connection/);
  },
);

test('a connection to an environment that has stopped is refused', async () => {
  const connection = JSON.stringify({
    name: 'app',
    region: 'us-east-1',
    bootstrapServers: '127.0.0.1:9',
    awsEndpoint: 'http://127.0.0.1:9',
    emailEndpoint: 'http://127.0.0.1:9',
    isEndpointAdopted: false,
    data: 'new',
    lambdaEndpoint: 'http://127.0.0.1:9',
    controlEndpoint: 'http://127.0.0.1:9',
    controlToken: 'token',
    logsDirectory: '/logs',
    outputs: {},
    substitutions: [],
  });

  await expect(connectMskLocal(connection)).rejects.toThrow(
    'No environment answers at http://127.0.0.1:9: it has stopped; start it again.',
  );
});
