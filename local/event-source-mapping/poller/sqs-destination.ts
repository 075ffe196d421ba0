import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** Sends one on-failure document. @throws the service's error when it was not taken. */
export type SendDocument = (document: string) => Promise<void>;

/** An SQS queue as on-failure destination, found by its ARN. */
export function createSqsDestination(settings: {
  readonly queueArn: string;
  readonly awsEndpoint: string;
}): SendDocument {
  const [, , , region = '', accountId = '', queueName = ''] = settings.queueArn.split(':');
  const client = new SQSClient({
    endpoint: settings.awsEndpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    useQueueUrlAsEndpoint: false,
    // A destination gets one try (docs: DestinationDeliveryFailures counts the batch), but not one connection.
    maxAttempts: 1,
  });
  const queueUrl = `${settings.awsEndpoint}/${accountId}/${queueName}`;
  return async (document) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: document }));
  };
}
