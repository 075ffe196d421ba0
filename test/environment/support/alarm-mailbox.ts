import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import type { Target } from '../../../cli/connection/target.ts';

/** What SNS told of an alarm. */
export interface Told {
  readonly alarm: string;
  readonly state: string;
}

/** A queue that is subscribed to the topic of the alarms, as somebody who is to be woken would be. */
export interface AlarmMailbox {
  /** Tells whether a notification has come, and takes it away with all earlier ones of its alarm. */
  takes(notification: Told): Promise<boolean>;
  /** Deletes all messages of other queues. */
  empty(queueUrls: readonly string[]): Promise<void>;
  close(): void;
}

/** @param alarmName - an alarm that acts: its topic is subscribed to. */
export async function openAlarmMailbox(
  { awsClientConfig }: Pick<Target, 'awsClientConfig'>,
  alarmName: string,
): Promise<AlarmMailbox> {
  const [cloudWatch, sns] = [new CloudWatchClient(awsClientConfig), new SNSClient(awsClientConfig)];
  const sqs = new SQSClient({ ...awsClientConfig, useQueueUrlAsEndpoint: false });
  const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [alarmName] }));
  const TopicArn = MetricAlarms[0]?.AlarmActions?.[0];
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'alarm-mailbox' }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn }));
  cloudWatch.destroy();
  sns.destroy();
  let told: readonly Told[] = [];
  const receive = async (): Promise<void> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return;
    told = [...told, ...Messages.map(toldIn)];
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  };
  return {
    takes: async ({ alarm, state }) => {
      await receive();
      const found = told.findIndex((one) => one.alarm === alarm && one.state === state);
      if (found === -1) return false;
      told = told.filter((one, index) => index > found || one.alarm !== alarm);
      return true;
    },
    empty: async (queueUrls) => {
      for (const url of queueUrls) await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    },
    close: () => {
      sqs.destroy();
    },
  };
}

function toldIn({ Body = '' }: Message): Told {
  const { Message: message } = JSON.parse(Body) as { Message: string };
  const { AlarmName, NewStateValue } = JSON.parse(message) as { AlarmName: string; NewStateValue: string };
  return { alarm: AlarmName, state: NewStateValue };
}
