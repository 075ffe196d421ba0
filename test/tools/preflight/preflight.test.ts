import { describe, expect, jest, test } from '@jest/globals';
import { ec2, ec2Error, json, jsonError, xml, xmlError, type Answers } from './fake-aws.ts';
import { aStage, notOk, preflightOf, type Asked } from './preflight-of.ts';
import { aCluster, readyAccount, zones } from './ready-account.ts';

// Each test makes the clients of ten services anew, which takes its time on a busy machine.
jest.setTimeout(30_000);

/** Short, since what is waited for never comes. */
const HOPELESS_TIMEOUT_MS = 100;

test('an account that is ready is ok in every line', async () => {
  const { verdicts } = await preflightOf({});

  expect(verdicts.map(({ kind, subject, text }) => `${kind}: ${subject}: ${text}`)).toEqual([
    'ok: account: 210987654321, as arn:aws:iam::210987654321:user/olga',
    'ok: region: us-east-1',
    'ok: CDK bootstrap: version 30',
    'ok: Lambda executions: 1000 at once, 990 of them unreserved',
    'ok: e-mail sender: shop.invalid.com is verified',
    'ok: e-mail account: SES is out of the sandbox',
    'ok: SMS: SNS is out of the SMS sandbox',
    'ok: alarms: on-call@shop.invalid.com; each must confirm once after the deployment',
    'ok: stacks: no stack exists yet: this deployment creates them',
    'ok: kept names: no kept resource has a name that this stage needs',
    'ok: zones: use1-az1 (us-east-1a), use1-az2 (us-east-1b), use1-az4 (us-east-1d)',
    'ok: brokers: "Number of brokers per account" is 90; 0 are used and the stage adds 3',
    'ok: networks: "VPCs per Region" is 5; 1 are used and the stage adds 1',
    'ok: endpoints: "Interface VPC endpoints per VPC" is 5; 0 are used and the stage adds 3',
    'ok: cluster: does not exist yet: this deployment creates it',
  ]);
});

test('the preflight changes nothing: every call reads', async () => {
  const { calls } = await preflightOf({});

  expect(calls.filter((call) => !/^(Get|List|Describe)/.test(call))).toEqual([]);
});

describe('missing requirements are reported with what to do', () => {
  test.each<{
    readonly story: string;
    readonly answers: Answers;
    readonly asked?: Asked;
    readonly says: string;
  }>([
    {
      story: 'credentials of another account',
      answers: {
        GetCallerIdentity: xml('GetCallerIdentity', '<Account>999999999999</Account><Arn>arn:a</Arn>'),
      },
      says: 'account: the credentials are of account 999999999999, and the stage dev is of 210987654321',
    },
    {
      story: 'another region in the environment',
      answers: {},
      asked: { regionInUse: 'eu-west-1' },
      says: 'region: the stage is in us-east-1, but the region set is eu-west-1: set AWS_REGION=us-east-1',
    },
    {
      story: 'no region in the environment',
      answers: {},
      asked: { regionInUse: undefined },
      says: 'region: the stage is in us-east-1, but no region is set: set AWS_REGION=us-east-1',
    },
    {
      story: 'no CDK bootstrap',
      answers: { GetParameter: jsonError('ParameterNotFound') },
      says: 'CDK bootstrap: the account has no /cdk-bootstrap/hnb659fds/version in us-east-1: npx cdk bootstrap',
    },
    {
      story: 'an old CDK bootstrap',
      answers: { GetParameter: json({ Parameter: { Value: '5' } }) },
      says: 'CDK bootstrap: /cdk-bootstrap/hnb659fds/version is 5, and the templates need 6: npx cdk bootstrap',
    },
    {
      story: 'the executions of a new account',
      answers: {
        GetAccountSettings: json({
          AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 },
        }),
      },
      says: 'Lambda executions: 10 executions are unreserved, and the consumers can use 18 at once',
    },
    {
      story: 'too few executions to reserve some',
      answers: {
        GetAccountSettings: json({
          AccountLimit: { ConcurrentExecutions: 100, UnreservedConcurrentExecutions: 100 },
        }),
      },
      asked: { config: { ...aStage, reservedConcurrency: 'asPollers' } },
      says: 'Lambda executions: the stage reserves 45 executions and Lambda keeps 100, but the account has 100',
    },
    {
      story: 'an identity that SES does not know',
      answers: { GetEmailIdentity: { status: 404, body: '{"__type":"NotFoundException"}' } },
      says: 'e-mail sender: SES has no identity shop.invalid.com in us-east-1: create it there',
    },
    {
      story: 'an identity that is not verified',
      answers: { GetEmailIdentity: json({ VerifiedForSendingStatus: false }) },
      says: 'e-mail sender: shop.invalid.com is not verified yet',
    },
    {
      story: 'an account whose sending is stopped',
      answers: { GetAccount: json({ SendingEnabled: false, ProductionAccessEnabled: true }) },
      says: 'e-mail account: SES has stopped sending for this account in us-east-1',
    },
    {
      story: 'prod in the sandbox of SES',
      answers: { GetAccount: json({ SendingEnabled: true, ProductionAccessEnabled: false }) },
      asked: { config: { ...aStage, stage: 'prod' } },
      says: 'e-mail account: SES is in the sandbox: only verified addresses and the mailbox simulator get e-mails',
    },
    {
      story: 'prod in the SMS sandbox',
      answers: {
        GetSMSSandboxAccountStatus: xml('GetSMSSandboxAccountStatus', '<IsInSandbox>true</IsInSandbox>'),
      },
      asked: { config: { ...aStage, stage: 'prod' } },
      says: 'SMS: SNS is in the SMS sandbox: only verified numbers get messages',
    },
    {
      story: 'prod whose alarms tell nobody',
      answers: {},
      asked: { config: { ...aStage, stage: 'prod', alarms: { ...aStage.alarms, subscribers: [] } } },
      says: 'alarms: alarms.subscribers is empty: name who gets the alarms (-c alarmSubscribers=a@…,b@…).',
    },
    {
      story: 'a subscriber that nobody can be',
      answers: {},
      asked: { config: { ...aStage, alarms: { ...aStage.alarms, subscribers: ['on-call@example.com'] } } },
      says: 'alarms: alarms.subscribers has on-call@example.com: name somebody who reads it',
    },
    {
      story: 'a zone that is not available',
      answers: {
        DescribeAvailabilityZones: ec2(
          'DescribeAvailabilityZones',
          zones('available').replace('<zoneState>available', '<zoneState>impaired'),
        ),
      },
      says: 'zones: use1-az1 cannot have brokers in this account: name another of use1-az2 (us-east-1b), use1-az4',
    },
    {
      story: 'a letter that is the zone without brokers in this account',
      answers: {},
      asked: { config: { ...aStage, zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] } },
      says: 'zones: us-east-1c cannot have brokers in this account',
    },
    {
      story: 'too few brokers left',
      answers: {
        ListServiceQuotas: json({
          Quotas: [{ QuotaName: 'Number of brokers per account', QuotaCode: 'L-B', Value: 2 }],
        }),
      },
      says:
        'brokers: "Number of brokers per account" is 2; 0 are used and the stage adds 3: raise it ' +
        '(aws service-quotas request-service-quota-increase --service-code kafka --quota-code L-B --desired-value 3)',
    },
    {
      story: 'a quota of brokers that Service Quotas does not list',
      answers: {
        ListServiceQuotas: json({ Quotas: [] }),
        ListClusters: json({
          clusterInfoList: [aCluster({ clusterName: 'other', numberOfBrokerNodes: 90 })],
        }),
      },
      says: 'brokers: "Number of brokers per account" is 90; 90 are used and the stage adds 3: raise it by a case',
    },
    {
      story: 'a stack whose creation failed',
      answers: { DescribeStacks: aStack('ROLLBACK_COMPLETE') },
      says: 'stacks: order-events-dev-streaming is ROLLBACK_COMPLETE: it cannot be updated.',
    },
    {
      story: 'a stack at work',
      answers: { DescribeStacks: aStack('UPDATE_IN_PROGRESS') },
      says: 'stacks: order-events-dev-streaming is UPDATE_IN_PROGRESS: wait until that has ended',
    },
    {
      story: 'a stack whose way back failed',
      answers: { DescribeStacks: aStack('UPDATE_ROLLBACK_FAILED') },
      says: 'stacks: order-events-dev-streaming is UPDATE_ROLLBACK_FAILED: read the reason in its events, fix it, and',
    },
    {
      story: 'a cluster of an earlier stage',
      answers: { ListClusters: json({ clusterInfoList: [aCluster()] }) },
      says:
        'kept names: the cluster arn:cluster of an earlier stage has the name: if you do not need its records, ' +
        'aws kafka delete-cluster --cluster-arn arn:cluster',
    },
    {
      story: 'a configuration of an earlier stage',
      answers: {
        ListConfigurations: json({
          configurations: [{ arn: 'arn:configuration', name: 'order-events-dev' }],
        }),
      },
      says: 'kept names: the configuration arn:configuration of an earlier stage has the name: after its cluster',
    },
    {
      story: 'queues of an earlier stage',
      answers: { GetQueueUrl: json({ QueueUrl: 'https://sqs/kept' }) },
      says: 'kept names: the queue https://sqs/kept of an earlier stage has the name: look at its messages',
    },
    {
      story: 'storage that grew since',
      answers: {
        DescribeStacks: aStack('UPDATE_COMPLETE'),
        ListClusters: json({
          clusterInfoList: [
            aCluster({
              brokerNodeGroupInfo: {
                instanceType: 'kafka.m7g.large',
                storageInfo: { ebsStorageInfo: { volumeSize: 120 } },
              },
            }),
          ],
        }),
      },
      says:
        'cluster: its brokers have 120 GiB each, and the stage asks for 50: MSK makes no storage smaller. ' +
        'Set storageGibibytes to 120 in lib/config/dev.ts',
    },
    {
      story: 'a cluster that is being changed',
      answers: {
        DescribeStacks: aStack('UPDATE_COMPLETE'),
        ListClusters: json({ clusterInfoList: [aCluster({ state: 'UPDATING' })] }),
      },
      says: 'cluster: it is UPDATING: wait until it is ACTIVE',
    },
  ])('$story', async ({ answers, asked, says }) => {
    const { verdicts } = await preflightOf(answers, asked);

    const [first = 'nothing'] = notOk(verdicts);

    expect(first.slice(0, 'to do: '.length + says.length)).toBe(`to do: ${says}`);
  });
});

function aStack(status: string) {
  return xml(
    'DescribeStacks',
    `<Stacks><member><StackName>any</StackName><StackStatus>${status}</StackStatus>` +
      '<CreationTime>2026-01-01T00:00:00Z</CreationTime></member></Stacks>',
  );
}

test('a deployed stage owns its names, and adds nothing to the quotas', async () => {
  const { verdicts } = await preflightOf({
    DescribeStacks: aStack('CREATE_COMPLETE'),
    ListClusters: json({ clusterInfoList: [aCluster()] }),
    GetQueueUrl: json({ QueueUrl: 'https://sqs/in-use' }),
    ListServiceQuotas: json({
      Quotas: [{ QuotaName: 'Number of brokers per account', QuotaCode: 'L-B', Value: 3 }],
    }),
  });

  expect(notOk(verdicts)).toEqual([]);
});

test('a stack whose creation failed does not hold the names that an earlier stage kept', async () => {
  const { verdicts } = await preflightOf({
    DescribeStacks: aStack('ROLLBACK_COMPLETE'),
    GetQueueUrl: json({ QueueUrl: 'https://sqs/kept' }),
  });

  const kept = notOk(verdicts).filter((line) => line.includes('kept names'));
  expect(kept).toEqual(
    Array.from({ length: 3 }, () =>
      expect.stringContaining('the queue https://sqs/kept of an earlier stage'),
    ),
  );
});

test('a stack that waits for its first change set needs nothing', async () => {
  const { verdicts } = await preflightOf({ DescribeStacks: aStack('REVIEW_IN_PROGRESS') });

  expect(notOk(verdicts)).toEqual([]);
});

test('the sandboxes are no obstacle to dev', async () => {
  const { verdicts } = await preflightOf({
    GetAccount: json({ SendingEnabled: true, ProductionAccessEnabled: false }),
    GetSMSSandboxAccountStatus: xml('GetSMSSandboxAccountStatus', '<IsInSandbox>true</IsInSandbox>'),
  });

  expect(notOk(verdicts)).toEqual([]);
});

test('without permissions each line names the one that it needs', async () => {
  const { verdicts } = await preflightOf({
    GetCallerIdentity: xmlError('AccessDenied'),
    GetParameter: jsonError('AccessDeniedException'),
    DescribeAvailabilityZones: ec2Error('UnauthorizedOperation'),
    GetAccountSettings: jsonError('AccessDeniedException'),
    GetEmailIdentity: jsonError('AccessDeniedException'),
    GetAccount: jsonError('AccessDeniedException'),
    GetSMSSandboxAccountStatus: xmlError('AuthorizationError'),
    DescribeStacks: xmlError('AccessDenied'),
    ListClusters: jsonError('ForbiddenException'),
    GetServiceQuota: jsonError('AccessDeniedException'),
  });

  expect(notOk(verdicts)).toEqual([
    'unknown: account: not known, needs sts:GetCallerIdentity',
    'unknown: CDK bootstrap: not known, needs ssm:GetParameter',
    'unknown: Lambda executions: not known, needs lambda:GetAccountSettings',
    'unknown: e-mail sender: not known, needs ses:GetEmailIdentity',
    'unknown: e-mail account: not known, needs ses:GetAccount',
    'unknown: SMS: not known, needs sns:GetSMSSandboxAccountStatus',
    'unknown: stacks: not known, needs cloudformation:DescribeStacks',
    expect.stringMatching(
      /^unknown: kept names: not known, needs (cloudformation:DescribeStacks|kafka:ListClusters)$/,
    ),
    'unknown: zones: not known, needs ec2:DescribeAvailabilityZones',
    'unknown: brokers: not known, needs cloudformation:DescribeStacks',
    'unknown: networks: not known, needs cloudformation:DescribeStacks',
    'unknown: endpoints: not known, needs cloudformation:DescribeStacks',
    'unknown: cluster: not known, needs kafka:ListClusters',
  ]);
});

test('an endpoint that never answers ends every call in time', async () => {
  const silence = Object.fromEntries(Object.keys(readyAccount).map((call) => [call, 'no answer'] as const));

  const { verdicts } = await preflightOf(silence, { timeoutMs: HOPELESS_TIMEOUT_MS });

  expect(notOk(verdicts)).toContain(
    'unknown: account: not known: no answer to sts:GetCallerIdentity within 0.1 s',
  );
  expect(verdicts.filter(({ kind }) => kind === 'ok').map(({ subject }) => subject)).toEqual([
    'region',
    'alarms',
  ]);
});

test('an error that is neither a refusal nor silence is quoted', async () => {
  const { verdicts } = await preflightOf({
    GetParameter: jsonError('ValidationException', 'the clock is wrong'),
  });

  expect(notOk(verdicts)).toEqual([
    'unknown: CDK bootstrap: not known: ssm:GetParameter failed: ValidationException: the clock is wrong',
  ]);
});
