import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { AlarmPorts } from './alarm-watch.ts';
import { readSamples } from './read-samples.ts';

/** How the endpoint is reached that has the metrics, the alarms and the topics. */
export interface AlarmEndpointSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What a watch needs of an endpoint: the APIs of CloudWatch and SNS, and no other. */
export function alarmEndpoint(settings: AlarmEndpointSettings): AlarmPorts & { readonly close: () => void } {
  const cloudWatch = new CloudWatchClient(settings);
  const sns = new SNSClient(settings);
  return {
    region: settings.region,
    read: (wanted, to) => readSamples(cloudWatch, wanted, to),
    setState: async ({ alarm, state, reason, data }) => {
      await cloudWatch.send(
        new SetAlarmStateCommand({
          AlarmName: alarm,
          StateValue: state,
          StateReason: reason,
          ...(data !== undefined && { StateReasonData: data }),
        }),
      );
    },
    publish: async (TopicArn, { subject, message }) => {
      await sns.send(new PublishCommand({ TopicArn, Subject: subject, Message: message }));
    },
    close: () => {
      cloudWatch.destroy();
      sns.destroy();
    },
  };
}
