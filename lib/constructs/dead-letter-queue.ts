import { Duration, Validations } from 'aws-cdk-lib/core';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { keptOnceCreated } from './kept-once-created.ts';

export interface DeadLetterQueueProps {
  /** The name that operators see in an alarm. */
  readonly queueName: string;
  readonly encryptionKey: IKey;
  readonly retention: Duration;
}

/**
 * The queue in which a consumer's parked records and failed batches wait for redrive: encrypted, TLS only, kept when
 * the stack is deleted.
 *
 * A kept queue keeps its name: empty and delete it before you deploy the same stage again.
 */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id, {
      queueName: props.queueName,
      retentionPeriod: props.retention,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.encryptionKey,
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
      // Redrive holds a message while it invokes the consumer, which may take the function's whole timeout.
      visibilityTimeout: Duration.minutes(15),
      removalPolicy: keptOnceCreated,
    });
    const reason =
      'This is the dead-letter queue: redrive takes messages out of it, no consumer retries from it.';
    Validations.of(this).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-SQS3', reason },
      { id: 'Serverless::Serverless-SQSRedrivePolicy', reason },
      { id: 'cdk-validator-cfnguard::sqs_dlq_check', reason },
    );
  }
}
