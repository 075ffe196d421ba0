import { at, textAt } from '../../lib/guards/json-access.ts';
import { reader, referred } from '../stage/readable.ts';
import { resourcePolicyOf } from '../stage/resource-policies.ts';
import { ofType } from '../stage/stage.ts';
import type { Resource, Stage } from '../stage/stage.ts';

/** The protection of a resource's data at rest or in transit, and whether it is sufficient. */
export interface Protection {
  readonly how: string;
  readonly isProtected: boolean;
}

/** The rules for the data of a type, at rest and in transit. */
export interface ProtectionRule {
  readonly type: string;
  readonly atRest: (resource: Resource, stage: Stage) => Protection;
  readonly inTransit: (resource: Resource, stage: Stage) => Protection;
}

/** The types that store or transport data. */
export const protectionRules: readonly ProtectionRule[] = [
  {
    type: 'AWS::MSK::Cluster',
    atRest: withKey(['EncryptionInfo', 'EncryptionAtRest', 'DataVolumeKMSKeyId']),
    inTransit: ({ properties }) => {
      const clients = textAt(properties, 'EncryptionInfo', 'EncryptionInTransit', 'ClientBroker');
      const brokers = at(properties, 'EncryptionInfo', 'EncryptionInTransit', 'InCluster');
      return {
        how: `clients ${clients ?? 'not set'}, between brokers ${String(brokers) === 'true' ? 'TLS' : 'plain'}`,
        isProtected: clients === 'TLS' && String(brokers) === 'true',
      };
    },
  },
  { type: 'AWS::MSK::Topic', atRest: asCluster, inTransit: asCluster },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    atRest: () => good('keeps nothing'),
    inTransit: () => good('TLS: IAM authentication works only with it'),
  },
  {
    type: 'AWS::Lambda::Function',
    atRest: (resource, stage) => {
      const key = at(resource.properties, 'KmsKeyArn');
      return key === undefined
        ? good('code and settings with a key of AWS; keeps no data')
        : good(`code and settings with ${reader(stage)(key, resource)}; keeps no data`);
    },
    inTransit: () => good('HTTPS: AWS APIs'),
  },
  {
    type: 'AWS::DynamoDB::Table',
    atRest: withKey(['SSESpecification', 'KMSMasterKeyId']),
    inTransit: () => good('HTTPS: the default of the AWS SDK'),
  },
  {
    type: 'AWS::SQS::Queue',
    atRest: withKey(['KmsMasterKeyId']),
    inTransit: refusesPlain('AWS::SQS::QueuePolicy', 'Queues'),
  },
  {
    type: 'AWS::SNS::Topic',
    atRest: withKey(['KmsMasterKeyId']),
    inTransit: refusesPlain('AWS::SNS::TopicPolicy', 'Topics'),
  },
  {
    type: 'AWS::Logs::LogGroup',
    atRest: withKey(['KmsKeyId']),
    inTransit: () => good('HTTPS: AWS services write to it'),
  },
];

/** Types that neither store nor transport customer data. */
export const typesWithoutData: readonly string[] = [
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::FlowLog',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::Permission',
  'AWS::MSK::Configuration',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'Custom::VpcRestrictDefaultSG',
];

function good(how: string): Protection {
  return { how, isProtected: true };
}

/** Checks encryption with one of the account's own keys, which the property at a path names. */
function withKey(path: readonly string[]): ProtectionRule['atRest'] {
  return (resource, stage) => {
    const key = at(resource.properties, ...path);
    return key === undefined
      ? { how: "no key of the account's own", isProtected: false }
      : good(`KMS: ${reader(stage)(key, resource)}`);
  };
}

function asCluster(resource: Resource, stage: Stage): Protection {
  const cluster = reader(stage)(at(resource.properties, 'ClusterArn'), resource);
  return good(`as its cluster, ${cluster}`);
}

/** Checks that the resource's policy denies every request without TLS. */
function refusesPlain(policyType: string, list: string): ProtectionRule['inTransit'] {
  return (resource, stage) => {
    const policies = ofType(stage, policyType).filter((policy) => {
      const named = at(policy.properties, list);
      return Array.isArray(named) && named.some((one) => referred(stage, one, policy) === resource);
    });
    const refuses = policies
      .flatMap((policy) => resourcePolicyOf(stage, policy))
      .some(({ effect, principals, conditions }) => {
        const [only, ...further] = conditions;
        return (
          effect === 'Deny' &&
          principals.some(({ id }) => id === '*') &&
          further.length === 0 &&
          only?.key === 'aws:SecureTransport' &&
          only.values[0] === 'false'
        );
      });
    return refuses
      ? good('TLS: its policy denies the rest')
      : { how: 'its policy denies nothing without TLS', isProtected: false };
  };
}
