import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { buildMetadataDocument } from '../../on-failure/invocation-record.ts';
import { onceClient } from '../once-client.ts';
import type { DestinationSettings, SendDiscard } from './destination.ts';

export function snsDestination(topicArn: string, settings: DestinationSettings): SendDiscard {
  const client = new SNSClient(onceClient({ endpoint: settings.awsEndpoint, region: settings.region }));
  return async (discard, context) => {
    const message = buildMetadataDocument(discard, context);
    await client.send(new PublishCommand({ TopicArn: topicArn, Message: message }));
  };
}
