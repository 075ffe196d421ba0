import { randomUUID } from 'node:crypto';
import { expect, jest, test } from '@jest/globals';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { awsClientSettings } from '../../local/deployment/endpoint/aws-client-settings.ts';
import { engineAddresses } from './support/engine-addresses.ts';
import { createQueue, REGION } from './support/queues.ts';
import { aGroup, eventually, useBroker } from './support/use-broker.ts';

jest.setTimeout(90_000);

const broker = useBroker();

/** The metadata that every destination gets of a discarded batch. */
const METADATA = {
  requestContext: expect.objectContaining({ condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 }),
  version: '1.0',
};

/** Has a mapping give up a batch of two records, whose destination has such an ARN. */
async function giveUp(destination: string): Promise<Readonly<Record<string, number>>> {
  const [topic, group] = [await broker.createTopic(), aGroup()];
  const fn = await broker.startFunction(() => {
    throw new Error('cannot');
  });
  await broker.produce(topic, [{ value: 'a' }, { value: 'b' }]);
  const mapping = await broker.startMapping({
    topic,
    consumerGroupId: group,
    function: fn,
    properties: {
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: destination } },
    },
  });
  await broker.untilCommitted(group, topic, { 0: 2 });
  await eventually('the count', () => 'OnFailureDestinationDeliveredEventCount' in mapping.counts);
  return mapping.counts;
}

test('ESM-075 ESM-080 ESM-081 a bucket gets the batch with its event', async () => {
  const Bucket = `failed-${randomUUID()}`;
  const s3 = new S3Client({ ...awsClientSettings(engineAddresses().aws, REGION), forcePathStyle: true });
  broker.onTestEnd(() => {
    s3.destroy();
  });
  await s3.send(new CreateBucketCommand({ Bucket }));

  const counts = await giveUp(`arn:aws:s3:::${Bucket}`);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: Contents[0]?.Key }));
  const document: unknown = JSON.parse((await Body?.transformToString()) ?? '');

  expect(Contents.map(({ Key }) => Key)).toEqual([
    expect.stringMatching(/^aws\/lambda\/[^/]+\/topic-[^/]+-0\//),
  ]);
  expect(document).toMatchObject({
    ...METADATA,
    payload: expect.stringContaining('"eventSource":"aws:kafka"'),
  });
  expect(counts).toMatchObject({ OnFailureDestinationDeliveredEventCount: 2 });
});

test('ESM-074 ESM-081 an SNS topic gets the coordinates of the batch', async () => {
  const queue = await createQueue(broker.onTestEnd);
  const sns = new SNSClient(awsClientSettings(engineAddresses().aws, REGION));
  broker.onTestEnd(() => {
    sns.destroy();
  });
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `failed-${randomUUID()}` }));
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: queue.arn,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );

  const counts = await giveUp(TopicArn);
  const messages = await queue.receiveAll();

  expect(messages).toMatchObject([METADATA]);
  expect(messages[0]).not.toHaveProperty('payload');
  expect(counts).toMatchObject({ OnFailureDestinationDeliveredEventCount: 2 });
});
