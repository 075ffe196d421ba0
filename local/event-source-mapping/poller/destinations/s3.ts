import { randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { buildS3Document } from '../../on-failure/invocation-record.ts';
import { s3ObjectKey } from '../../on-failure/s3-object-key.ts';
import { onceClient } from '../once-client.ts';
import type { DestinationSettings, SendDiscard } from './destination.ts';

/** A bucket, named by its ARN `arn:aws:s3:::<name>`. */
export function s3Destination(bucketArn: string, settings: DestinationSettings): SendDiscard {
  const bucket = bucketArn.split(':').at(-1);
  // Bucket names as host names do not resolve on this machine.
  const client = new S3Client({
    ...onceClient({ endpoint: settings.awsEndpoint, region: settings.region }),
    forcePathStyle: true,
  });
  return async (discard, context) => {
    const [first] = discard.batch.records;
    if (first === undefined) return;
    const key = s3ObjectKey(settings.s3KeyTemplate, {
      mappingId: settings.mappingId,
      topicPartition: first,
      now: context.now,
      uuid: randomUUID(),
    });
    const body = buildS3Document(discard, context);
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  };
}
