import { describe, expect, test } from '@jest/globals';
import { parseTemplate, type Json } from '../../../../local/deployment/assembly/template.ts';
import { customResourcesThatCannotRun } from '../../../../local/deployment/substitution/custom-resources.ts';
import type { EndpointKind } from '../../../../local/deployment/substitution/endpoint-kind.ts';

interface Case {
  readonly type: string;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly runtime?: string;
  readonly kind?: EndpointKind;
}

/** Why a custom resource cannot run whose provider's code names client-calendar, where SSM's client is installed. */
async function reasonFor({ type, properties = {}, runtime = 'nodejs22.x', kind = 'ministack' }: Case) {
  const template = parseTemplate(
    JSON.stringify({
      Resources: {
        Custom: {
          Type: type,
          Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] }, ...properties },
        },
        Provider: {
          Type: 'AWS::Lambda::Function',
          Properties: { Runtime: runtime, Code: { S3Bucket: 'b', S3Key: 'provider.zip' } },
        },
      },
    }),
  );
  const fates = await customResourcesThatCannotRun(
    { template },
    {
      kind,
      assets: [{ id: 'provider', objectKeys: ['provider.zip'], path: '/provider', packaging: 'zip' }],
      sdkPackages: new Set(['@aws-sdk/client-ssm', '@aws-sdk/client-cloudwatch-logs']),
      clientsNamedIn: () =>
        Promise.resolve(
          new Set(
            typeof properties['Service'] === 'string' ? [`@aws-sdk/client-${properties['Service']}`] : [],
          ),
        ),
    },
  );
  return fates.get('Custom')?.reason;
}

const call = (service: string): Readonly<Record<string, Json>> => ({
  Create: { 'Fn::Join': ['', ['{"service":"', service, '","action":"x"}']] },
  Update: JSON.stringify({ service, action: 'x' }),
});

describe('a custom resource at MiniStack', () => {
  test.each(['SSM', 'ssm', '@aws-sdk/client-ssm', 'CloudWatchLogs', 'cloudwatch-logs'])(
    'runs when it calls %s, whose client is installed',
    async (service) => {
      expect(await reasonFor({ type: 'Custom::AWS', properties: call(service) })).toBeUndefined();
    },
  );

  test('is left out when no client is installed for the service that it calls', async () => {
    expect(await reasonFor({ type: 'Custom::AWS', properties: call('Route53') })).toBe(
      'it calls Route53, and the AWS SDK package of that name is not installed for the app',
    );
  });

  test('is left out when its provider names a client that is not installed', async () => {
    expect(await reasonFor({ type: 'Custom::Calendar', properties: { Service: 'calendar' } })).toBe(
      'its provider needs @aws-sdk/client-calendar: install that package beside the app to run it',
    );
  });

  test('runs when its provider names a client that is installed', async () => {
    expect(await reasonFor({ type: 'Custom::Names', properties: { Service: 'ssm' } })).toBeUndefined();
  });

  test('runs when its provider is not a Node.js function: MiniStack has boto3', async () => {
    const properties = { Service: 'calendar' };

    expect(await reasonFor({ type: 'Custom::Bucket', runtime: 'python3.13', properties })).toBeUndefined();
  });

  test('is left out when it deploys files to a bucket', async () => {
    expect(await reasonFor({ type: 'Custom::CDKBucketDeployment' })).toBe(
      'its provider calls the AWS CLI of a layer under /opt, and a process has no /opt',
    );
  });
});

test('a custom resource at LocalStack is deployed unchanged', async () => {
  expect(await reasonFor({ type: 'Custom::CDKBucketDeployment', kind: 'localstack' })).toBeUndefined();
});
