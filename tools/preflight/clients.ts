import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { KafkaClient } from '@aws-sdk/client-kafka';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';

/** The shared settings of all clients. Without an endpoint and credentials, the SDK uses the caller's. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The services that the preflight asks; it only reads. */
export type Clients = ReturnType<typeof createClients>;

export function createClients(settings: ClientSettings) {
  return {
    cloudFormation: new CloudFormationClient(settings),
    ec2: new EC2Client(settings),
    kafka: new KafkaClient(settings),
    lambda: new LambdaClient(settings),
    quotas: new ServiceQuotasClient(settings),
    ses: new SESv2Client(settings),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
    ssm: new SSMClient(settings),
    sts: new STSClient(settings),
  };
}

/** Closes their connections. Otherwise calls without an answer would keep the process running. */
export function closeClients(clients: Clients): void {
  for (const client of Object.values(clients)) client.destroy();
}
