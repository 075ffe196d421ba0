import type { OnFailureDestination } from './event-source-mapping-spec.ts';
import type { Result } from '../../helpers/result.ts';

const ALLOWED =
  'the ARN of an SQS queue, an SNS topic or an S3 bucket (queues and topics that are not FIFO), or kafka://<topic>';

/**
 * Reads an on-failure destination. Empty text removes one, so it means none.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export function parseDestination(destination: string): Result<OnFailureDestination | null, string> {
  if (destination === '') return { ok: true, value: null };
  const value = recognize(destination);
  if (value !== null) return { ok: true, value };
  return { ok: false, error: `is "${destination}"; allowed: ${ALLOWED}` };
}

function recognize(destination: string): OnFailureDestination | null {
  const topic = /^kafka:\/\/([a-zA-Z0-9\-_][a-zA-Z0-9\-_.]{0,248})$/.exec(destination)?.[1];
  if (topic !== undefined) return { kind: 'kafka', topic };
  if (destination.endsWith('.fifo')) return null;
  if (/^arn:[^:]+:sqs:[^:]+:\d+:[^:]+$/.test(destination)) return { kind: 'sqs', queueArn: destination };
  if (/^arn:[^:]+:sns:[^:]+:\d+:[^:]+$/.test(destination)) return { kind: 'sns', topicArn: destination };
  if (/^arn:[^:]+:s3:::[^/:]+$/.test(destination)) return { kind: 's3', bucketArn: destination };
  return null;
}
