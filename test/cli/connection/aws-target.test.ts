import { describe, expect, test } from '@jest/globals';
import { awsTarget, type StageSource } from '../../../cli/connection/aws-target.ts';
import { someStackOutputs } from './stage-outputs.ts';

function aStage(overrides: Partial<StageSource> = {}): StageSource {
  const outputs = someStackOutputs();
  return {
    region: 'eu-central-1',
    stackOutputs: (stack) => Promise.resolve(outputs[stack]),
    bootstrapServers: () => Promise.resolve('b-1.example:9098,b-2.example:9098'),
    topic: () => Promise.resolve({ partitions: 6, replicas: 3, settings: {} }),
    ...overrides,
  };
}

describe('a stage on AWS', () => {
  test('is named with its region, and its clients get their credentials from the SDK', async () => {
    const target = await awsTarget('dev', aStage());

    expect(target).toMatchObject({
      kind: 'aws',
      name: 'stage dev on AWS in eu-central-1',
      awsClientConfig: { region: 'eu-central-1' },
      outputs: { topicName: 'order-events' },
    });
  });

  test('has no mappings on this machine', async () => {
    const target = await awsTarget('dev', aStage());

    const mappings = await target.mappings();

    expect(mappings).toEqual([]);
  });

  test('asks for the brokers of the very cluster that was deployed', async () => {
    const asked: string[] = [];
    const stage = aStage({
      bootstrapServers: (clusterArn) => {
        asked.push(clusterArn);
        return Promise.resolve('b-1.example:9098');
      },
    });

    await awsTarget('dev', stage);

    expect(asked).toEqual(['arn:cluster']);
  });

  test('that is not deployed is named, with the ways out', async () => {
    const connecting = awsTarget('prod', aStage());

    await expect(connecting).rejects.toThrow(
      'The stack order-events-prod-streaming is not deployed in eu-central-1. Choose another --stage or AWS_REGION, ' +
        'or deploy it: npx cdk deploy --all -c stage=prod',
    );
  });

  test('whose cluster has no IAM authentication cannot be used', async () => {
    const connecting = awsTarget('dev', aStage({ bootstrapServers: () => Promise.resolve(undefined) }));

    await expect(connecting).rejects.toThrow(
      'The cluster arn:cluster has no brokers with IAM authentication. Enable it on the cluster.',
    );
  });
});
