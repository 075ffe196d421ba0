import { ec2, json, jsonError, xml, xmlError, type Answers } from './fake-aws.ts';

/** An account that a first deployment of a stage in us-east-1 finds ready. */
export const readyAccount: Answers = {
  GetCallerIdentity: xml(
    'GetCallerIdentity',
    '<Account>210987654321</Account><Arn>arn:aws:iam::210987654321:user/olga</Arn>',
  ),
  GetParameter: json({ Parameter: { Value: '30' } }),
  DescribeAvailabilityZones: ec2('DescribeAvailabilityZones', zones('available')),
  GetAccountSettings: json({
    AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 990 },
  }),
  GetEmailIdentity: json({ VerifiedForSendingStatus: true }),
  GetAccount: json({ SendingEnabled: true, ProductionAccessEnabled: true }),
  GetSMSSandboxAccountStatus: xml('GetSMSSandboxAccountStatus', '<IsInSandbox>false</IsInSandbox>'),
  DescribeStacks: xmlError('ValidationError', 'Stack with id x does not exist'),
  GetQueueUrl: jsonError('QueueDoesNotExist'),
  ListClusters: json({ clusterInfoList: [] }),
  ListConfigurations: json({ configurations: [] }),
  ListServiceQuotas: json({
    Quotas: [{ QuotaName: 'Number of brokers per account', QuotaCode: 'L-B', Value: 90 }],
  }),
  GetServiceQuota: json({ Quota: { Value: 5 } }),
  DescribeVpcs: ec2('DescribeVpcs', '<vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet>'),
};

/** Four zones of us-east-1, the third of which MSK puts no broker into. */
export function zones(state: string): string {
  const items = ['a', 'b', 'c', 'd'].map(
    (letter, index) =>
      `<item><zoneName>us-east-1${letter}</zoneName><zoneId>use1-az${index + 1}</zoneId>` +
      `<zoneState>${state}</zoneState></item>`,
  );
  return `<availabilityZoneInfo>${items.join('')}</availabilityZoneInfo>`;
}

/** A cluster as ListClusters has it. */
export function aCluster(overrides: object = {}): object {
  return {
    clusterArn: 'arn:cluster',
    clusterName: 'order-events-dev',
    state: 'ACTIVE',
    numberOfBrokerNodes: 3,
    brokerNodeGroupInfo: {
      instanceType: 'kafka.m7g.large',
      storageInfo: { ebsStorageInfo: { volumeSize: 50 } },
    },
    ...overrides,
  };
}
