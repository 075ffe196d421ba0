import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  CreateStackCommand,
  DescribeStacksCommand,
  type CloudFormationClient,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

import type { BootstrapNeeds } from '../assembly/assembly.ts';
import { LOCAL_ACCOUNT } from '../assembly/local-account.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import type { AwsClientSettings } from './aws-client-settings.ts';
import { BOOTSTRAP_STACK, bootstrapStackId } from './endpoint-memory.ts';

/** The CDK's default qualifier. https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html */
const DEFAULT_QUALIFIER = 'hnb659fds';
const BOOTSTRAP_TEMPLATE = 'aws-cdk/lib/api/bootstrap/bootstrap-template.yaml';
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

/** A bootstrap: its qualifier, which is part of its resources' names, and its stack's name. */
interface Bootstrap {
  readonly qualifier: string;
  readonly stackName: string;
}

/** A time limit far above the time of any emulator for the dozen resources. */
const CREATED_WITHIN_MS = 60_000;

/** Prepares an endpoint for the stacks of an assembly, under the names that they use for bootstrap resources. */
export async function bootstrapFor(
  needs: BootstrapNeeds,
  cloudFormation: CloudFormationClient,
  settings: AwsClientSettings,
): Promise<void> {
  for (const qualifier of qualifiersOf(needs)) {
    const stackName = qualifier === DEFAULT_QUALIFIER ? BOOTSTRAP_STACK : `${BOOTSTRAP_STACK}-${qualifier}`;
    if ((await bootstrapStackId(cloudFormation, stackName)) === undefined)
      await createBootstrap(cloudFormation, { qualifier, stackName });
  }
  await makeVersions(needs, settings);
  await makeBuckets(needs, settings);
}

/**
 * Creates a bootstrap stack of the toolkit's template, with the values of `cdk bootstrap`. The toolkit itself would take a second
 * to start before it does the same.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
async function createBootstrap(client: CloudFormationClient, bootstrap: Bootstrap): Promise<void> {
  const { qualifier, stackName } = bootstrap;
  const template = createRequire(import.meta.url).resolve(BOOTSTRAP_TEMPLATE);
  await client.send(
    new CreateStackCommand({
      StackName: stackName,
      TemplateBody: await readFile(template, 'utf8'),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: [
        { ParameterKey: 'Qualifier', ParameterValue: qualifier },
        { ParameterKey: 'FileAssetsBucketKmsKeyId', ParameterValue: 'AWS_MANAGED_KEY' },
        { ParameterKey: 'PublicAccessBlockConfiguration', ParameterValue: 'true' },
      ],
    }),
  );
  await waitFor(() => isCreated(client, stackName), {
    what: `the endpoint to create the stack ${stackName}`,
    timeoutMs: CREATED_WITHIN_MS,
  });
}

/** @throws {Error} with the endpoint's reason when the stack could not be created. */
async function isCreated(client: CloudFormationClient, stackName: string): Promise<boolean> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  const { StackStatus: status = '', StackStatusReason: reason = 'it gives no reason' } = Stacks[0] ?? {};
  if (!/FAILED|ROLLBACK/.test(status)) return status === 'CREATE_COMPLETE';
  throw new Error(`The endpoint could not create the stack ${stackName} (${status}): ${reason}`);
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
