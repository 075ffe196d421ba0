import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildMetadataDocument } from '../../on-failure/invocation-record.ts';
import { onceClient } from '../once-client.ts';
import type { DestinationSettings, SendDiscard } from './destination.ts';

/** A queue, named by its ARN `arn:aws:sqs:<region>:<account>:<name>`. */
export function sqsDestination(queueArn: string, settings: DestinationSettings): SendDiscard {
  const [, , , , accountId = '', queueName = ''] = queueArn.split(':');
  // By default the client takes the host from the queue's URL, which may differ from the endpoint's.
  const client = new SQSClient({
    ...onceClient({ endpoint: settings.awsEndpoint, region: settings.region }),
    useQueueUrlAsEndpoint: false,
  });
  const queueUrl = `${settings.awsEndpoint}/${accountId}/${queueName}`;
  return async (discard, context) => {
    const body = buildMetadataDocument(discard, context);
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  };
}
