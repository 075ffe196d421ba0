import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

import type { BootstrapNeeds } from '../assembly/assembly.ts';
import { LOCAL_ACCOUNT } from '../assembly/local-account.ts';
import { awsClientSettings, type AwsClientSettings } from './aws-client-settings.ts';
import { BOOTSTRAP_STACK, bootstrapStackId } from './endpoint-memory.ts';
import { bootstrapEndpoint, type ToolkitOptions } from './toolkit.ts';

/** The CDK's default qualifier. https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html */
const DEFAULT_QUALIFIER = 'hnb659fds';
const VERSION_PARAMETER = /^\/cdk-bootstrap\/([A-Za-z0-9_-]{1,10})\/version$/;
/** A version above any that an app requires. */
const SOME_VERSION = '999';

/** Lists the qualifiers to bootstrap: those that stacks name, and the CDK's default, which every toolkit expects. */
export const qualifiersOf = ({ versionParameters }: BootstrapNeeds): readonly string[] => [
  ...new Set([
    DEFAULT_QUALIFIER,
    ...[...versionParameters].flatMap((name) => VERSION_PARAMETER.exec(name)?.[1] ?? []),
  ]),
];

/** Prepares an endpoint for the stacks of an assembly, under the names that they use for bootstrap resources. */
export async function bootstrapFor(
  needs: BootstrapNeeds,
  cloudFormation: CloudFormationClient,
  toolkit: ToolkitOptions,
): Promise<void> {
  for (const qualifier of qualifiersOf(needs)) {
    const stackName = qualifier === DEFAULT_QUALIFIER ? BOOTSTRAP_STACK : `${BOOTSTRAP_STACK}-${qualifier}`;
    if ((await bootstrapStackId(cloudFormation, stackName)) === undefined)
      await bootstrapEndpoint({ qualifier, stackName }, toolkit);
  }
  const settings = awsClientSettings(toolkit.endpoint, toolkit.region);
  await makeVersions(needs, settings);
  await makeBuckets(needs, settings);
}

/** Creates the version parameters. An app with its own bootstrap template may use another parameter name. */
async function makeVersions(
  { versionParameters }: BootstrapNeeds,
  settings: AwsClientSettings,
): Promise<void> {
  const own = [...versionParameters].filter((name) => !VERSION_PARAMETER.test(name));
  const client = new SSMClient(settings);
  try {
    for (const Name of own) {
      const there = await client.send(new GetParameterCommand({ Name })).catch(() => undefined);
      if (there === undefined)
        await client.send(new PutParameterCommand({ Name, Value: SOME_VERSION, Type: 'String' }));
    }
  } finally {
    client.destroy();
  }
}

/** Creates the buckets for assets, which may have other names too. */
async function makeBuckets({ buckets }: BootstrapNeeds, settings: AwsClientSettings): Promise<void> {
  const client = new S3Client({ ...settings, forcePathStyle: true });
  try {
    for (const name of buckets) {
      const Bucket = withoutPlaceholders(name, settings.region);
      const there = await client.send(new HeadBucketCommand({ Bucket })).catch(() => undefined);
      if (there === undefined) await client.send(new CreateBucketCommand({ Bucket }));
    }
  } finally {
    client.destroy();
  }
}

const withoutPlaceholders = (text: string, region: string): string =>
  text
    .replaceAll('${AWS::AccountId}', LOCAL_ACCOUNT)
    .replaceAll('${AWS::Region}', region)
    .replaceAll('${AWS::Partition}', 'aws');
