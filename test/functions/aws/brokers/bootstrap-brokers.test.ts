import type { KafkaClient } from '@aws-sdk/client-kafka';
import { describe, expect, test } from '@jest/globals';
import { bootstrapBrokers } from '../../../../functions/aws/brokers/bootstrap-brokers.ts';
import { stubClient } from '../../aws/stub-client.ts';

const clusterArn = 'arn:aws:kafka:us-east-1:123456789012:cluster/orders/1';

describe('the brokers of a cluster', () => {
  test.each([
    { protocol: 'SASL_SSL', brokers: ['b-1:9098', 'b-2:9098'] },
    { protocol: 'PLAINTEXT', brokers: ['127.0.0.1:9092'] },
  ] as const)('are those that listen to $protocol', async ({ protocol, brokers }) => {
    const { client, sent } = stubClient<KafkaClient>({
      BootstrapBrokerString: '127.0.0.1:9092',
      BootstrapBrokerStringSaslIam: 'b-1:9098,b-2:9098',
    });

    const found = await bootstrapBrokers(client, { clusterArn, protocol });

    expect(found).toEqual(brokers);
    expect(sent).toEqual([['GetBootstrapBrokersCommand', { ClusterArn: clusterArn }]]);
  });

  test.each([{}, { BootstrapBrokerStringSaslIam: '' }])(
    'without such a listener (%j) are an error that says so',
    async (answer) => {
      const { client } = stubClient<KafkaClient>(answer);

      const finding = bootstrapBrokers(client, { clusterArn, protocol: 'SASL_SSL' });

      await expect(finding).rejects.toThrow(
        `The cluster ${clusterArn} has no BootstrapBrokerStringSaslIam for the security protocol SASL_SSL. ` +
          'Set KAFKA_SECURITY_PROTOCOL to SASL_SSL for a cluster with IAM authentication, or to PLAINTEXT for one ' +
          'without any.',
      );
    },
  );
});
