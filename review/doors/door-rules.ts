import { at, textAt } from '../../lib/guards/json-access.ts';
import { reader } from '../stage/readable.ts';
import { resourcePolicyOf } from '../stage/resource-policies.ts';
import type { Resource, Stage } from '../stage/stage.ts';
import { readStatements } from '../stage/statements.ts';
import { networkSources } from './network-sources.ts';
import { outsidersOf, trustedOutsidersOf } from './outsiders.ts';

/** The rule for resources of some types: the checked properties, and the doors that it finds. */
export interface DoorRule {
  readonly types: readonly string[];
  /** The checked properties, as words after "judged by". */
  readonly judgedBy: string;
  readonly doors: (resource: Resource, stage: Stage) => readonly string[];
}

/** The rules in order. The first one that names a type judges it; a type without a rule is reported as not judged. */
export const doorRules: readonly DoorRule[] = [
  {
    types: [
      'AWS::EC2::VPCEndpoint',
      'AWS::KMS::Key',
      'AWS::MSK::ClusterPolicy',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::QueuePolicy',
      'AWS::DynamoDB::Table',
    ],
    judgedBy: 'its policy: an allowed principal outside the account, or a service acting for anybody',
    doors: (resource, stage) =>
      resourcePolicyOf(stage, resource).flatMap((statement) =>
        outsidersOf(statement).map((who) => `${who} may ${statement.actions.join(', ')}`),
      ),
  },
  {
    types: ['AWS::IAM::Role'],
    judgedBy: 'its trust policy: a principal outside the account',
    doors: (resource, stage) =>
      readStatements(at(resource.properties, 'AssumeRolePolicyDocument'), (value) =>
        reader(stage)(value, resource),
      ).flatMap((statement) => trustedOutsidersOf(statement).map((who) => `${who} may assume the role`)),
  },
  {
    types: ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'],
    judgedBy: "its ingress: an address range other than the network's own, a prefix list, another account",
    doors: (resource, stage) => networkSources(resource, stage).map((source) => `admits ${source}`),
  },
  {
    types: ['AWS::EC2::Subnet'],
    judgedBy: 'MapPublicIpOnLaunch and AssignIpv6AddressOnCreation',
    doors: ({ properties }) =>
      ['MapPublicIpOnLaunch', 'AssignIpv6AddressOnCreation']
        .filter((name) => !isOff(at(properties, name) ?? false))
        .map((name) => `${name} is on`),
  },
  {
    types: ['AWS::EC2::Route'],
    judgedBy: 'its target: a gateway or another network',
    doors: ({ properties }) =>
      [
        'GatewayId',
        'NatGatewayId',
        'TransitGatewayId',
        'VpcPeeringConnectionId',
        'EgressOnlyInternetGatewayId',
      ]
        .filter((name) => at(properties, name) !== undefined)
        .map((name) => `leads out by ${name}`),
  },
  {
    types: ['AWS::MSK::Cluster'],
    judgedBy: 'public access, unauthenticated access and access from other networks',
    doors: ({ properties }) => clusterDoors(properties),
  },
  {
    types: ['AWS::Lambda::Permission'],
    judgedBy: 'the principal, its source ARN and its source account',
    doors: (resource, stage) => permissionDoors(resource, stage),
  },
  {
    types: ['AWS::Lambda::EventSourceMapping'],
    judgedBy: 'the on-failure destination: a resource outside the stage',
    doors: (resource, stage) => {
      const destination = at(resource.properties, 'DestinationConfig', 'OnFailure', 'Destination');
      const name = reader(stage)(destination, resource);
      const isOwn = destination === undefined || stage.resources.some((other) => other.name === name);
      return isOwn ? [] : [`sends to ${name}`];
    },
  },
  {
    types: [
      'AWS::EC2::EIP',
      'AWS::EC2::InternetGateway',
      'AWS::EC2::NatGateway',
      'AWS::EC2::TransitGatewayAttachment',
      'AWS::EC2::VPCGatewayAttachment',
      'AWS::EC2::VPCPeeringConnection',
      'AWS::Lambda::LayerVersionPermission',
      'AWS::Lambda::Url',
      'AWS::MSK::VpcConnection',
      'AWS::RAM::ResourceShare',
    ],
    judgedBy: 'its existence',
    doors: ({ type }) => [`is a way in or out: ${type}`],
  },
  {
    types: ['AWS::SNS::Subscription'],
    judgedBy: 'its protocol and endpoint: messages without TLS, or a queue or function in another account',
    doors: (resource, stage) => {
      const endpoint = reader(stage)(at(resource.properties, 'Endpoint'), resource);
      const account = endpoint.startsWith('arn:') ? endpoint.split(':')[4] : '{AccountId}';
      const isPlain = textAt(resource.properties, 'Protocol') === 'http';
      return isPlain || account !== '{AccountId}' ? [`sends to ${endpoint}`] : [];
    },
  },
  {
    types: [
      'AWS::ApplicationAutoScaling::ScalableTarget',
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::CompositeAlarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::Events::Rule',
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::Policy',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::MSK::Configuration',
      'AWS::MSK::Topic',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
    ],
    judgedBy: 'nothing: access goes through IAM, or through a policy or permission that is judged separately',
    doors: () => [],
  },
  {
    types: [
      'AWS::EC2::FlowLog',
      'AWS::EC2::RouteTable',
      'AWS::EC2::SecurityGroupEgress',
      'AWS::EC2::SubnetRouteTableAssociation',
      'AWS::EC2::VPC',
      'Custom::VpcRestrictDefaultSG',
    ],
    judgedBy:
      'nothing: access needs a gateway, a route, a peering or an ingress rule, which are judged separately',
    doors: () => [],
  },
];

function clusterDoors(properties: unknown): readonly string[] {
  const publicAccess = textAt(properties, 'BrokerNodeGroupInfo', 'ConnectivityInfo', 'PublicAccess', 'Type');
  const unauthenticated = at(properties, 'ClientAuthentication', 'Unauthenticated', 'Enabled');
  const otherNetworks = at(properties, 'BrokerNodeGroupInfo', 'ConnectivityInfo', 'VpcConnectivity');
  return [
    ...(publicAccess === 'DISABLED' ? [] : [`public access is ${publicAccess ?? 'not said to be DISABLED'}`]),
    ...(isOff(unauthenticated) ? [] : ['unauthenticated clients are not refused']),
    ...(otherNetworks === undefined ? [] : ['other networks may connect (VpcConnectivity)']),
  ];
}

function permissionDoors(resource: Resource, stage: Stage): readonly string[] {
  const text = (key: string): string => reader(stage)(at(resource.properties, key), resource);
  const principal = text('Principal');
  const isService = principal.endsWith('.amazonaws.com');
  const sources = [text('SourceAccount'), text('SourceArn').split(':')[4] ?? ''];
  const isOwn = [principal, principal.split(':')[4] ?? ''].includes('{AccountId}');
  const comesFromStage = stage.resources.some(({ name }) => name === text('SourceArn'));
  if (isOwn || (isService && (comesFromStage || sources.includes('{AccountId}')))) return [];
  return [`${principal} may invoke ${text('FunctionName')}`];
}

/** CloudFormation takes the text "false" as well. */
function isOff(value: unknown): boolean {
  return value === false || value === 'false';
}
