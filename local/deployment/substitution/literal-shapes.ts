import { createHash } from 'node:crypto';

import { LOCAL_ACCOUNT } from '../assembly/local-account.ts';

/** The resource that a literal is made for. */
export interface ShapeSubject {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly region: string;
  readonly name: string;
}

/** A function that makes literals of one shape. */
export type Shape = (subject: ShapeSubject) => string | readonly string[];

/** The shapes of a resource type: the shape of `Ref`, and of attributes whose name does not tell their shape. */
export interface TypeShape {
  readonly ref: Shape;
  readonly attributes?: Readonly<Record<string, Shape>>;
}

/** Returns hexadecimal digits that are always the same for one resource. */
const digits = ({ stackName, logicalId }: ShapeSubject, count: number): string =>
  createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, count);

/** A UUID of version 4 by its form. */
const uuid: Shape = (subject) =>
  digits(subject, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');

/** Such as `subnet-0123456789abcdef0`. */
const id =
  (prefix: string): Shape =>
  (subject) =>
    `${prefix}-${digits(subject, 17)}`;

const name: Shape = (subject) => subject.name;

const arn =
  (service: string, resource: Shape): Shape =>
  (subject) =>
    `arn:aws:${service}:${subject.region}:${LOCAL_ACCOUNT}:${String(resource(subject))}`;

/** IAM is in no region. */
const iamArn =
  (kind: string): Shape =>
  (subject) =>
    `arn:aws:iam::${LOCAL_ACCOUNT}:${kind}/${subject.name}`;

/** `<kind>/<name>/<uuid>-<n>`. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedstreamingforapachekafka.html */
const kafkaArn = (kind: string): Shape =>
  arn('kafka', (subject) => `${kind}/${subject.name}/${String(uuid(subject))}-1`);

const only =
  (shape: Shape): Shape =>
  (subject) => [String(shape(subject))];

const constant =
  (text: string): Shape =>
  () =>
    text;

/** Reserved for documentation: https://www.rfc-editor.org/rfc/rfc5737 and https://www.rfc-editor.org/rfc/rfc3849 */
const ADDRESS = constant('192.0.2.1');
const NETWORK = constant('192.0.2.0/24');
const NETWORK_6 = constant('2001:db8::/56');

const MSK_CLUSTER: TypeShape = {
  ref: kafkaArn('cluster'),
  attributes: { Arn: kafkaArn('cluster'), CurrentVersion: constant('K1LOCAL0000000') },
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const EC2_IDS: Readonly<Record<string, string>> = {
  CustomerGateway: 'cgw',
  DHCPOptions: 'dopt',
  EgressOnlyInternetGateway: 'eigw',
  FlowLog: 'fl',
  Instance: 'i',
  InternetGateway: 'igw',
  LaunchTemplate: 'lt',
  NatGateway: 'nat',
  NetworkAcl: 'acl',
  NetworkInterface: 'eni',
  PrefixList: 'pl',
  RouteTable: 'rtb',
  SecurityGroup: 'sg',
  SecurityGroupEgress: 'sgr',
  SecurityGroupIngress: 'sgr',
  Subnet: 'subnet',
  SubnetNetworkAclAssociation: 'aclassoc',
  SubnetRouteTableAssociation: 'rtbassoc',
  TransitGateway: 'tgw',
  TransitGatewayAttachment: 'tgw-attach',
  VPC: 'vpc',
  VPCCidrBlock: 'vpc-cidr-assoc',
  VPCEndpoint: 'vpce',
  VPCEndpointService: 'vpce-svc',
  VPCPeeringConnection: 'pcx',
  VPNConnection: 'vpn',
  VPNGateway: 'vgw',
  Volume: 'vol',
};

const TYPES: Readonly<Record<string, TypeShape>> = {
  'AWS::MSK::Cluster': MSK_CLUSTER,
  'AWS::MSK::ServerlessCluster': MSK_CLUSTER,
  'AWS::MSK::ClusterPolicy': { ref: kafkaArn('cluster'), attributes: { CurrentVersion: constant('1') } },
  'AWS::MSK::BatchScramSecret': { ref: kafkaArn('cluster') },
  'AWS::MSK::Configuration': {
    ref: kafkaArn('configuration'),
    attributes: {
      Arn: kafkaArn('configuration'),
      'LatestRevision.Revision': constant('1'),
      'LatestRevision.CreationTime': constant('2024-01-01T00:00:00Z'),
    },
  },
  'AWS::MSK::Replicator': {
    ref: kafkaArn('replicator'),
    attributes: { ReplicatorArn: kafkaArn('replicator') },
  },
  'AWS::MSK::VpcConnection': {
    ref: kafkaArn(`vpc-connection/${LOCAL_ACCOUNT}`),
    attributes: { Arn: kafkaArn(`vpc-connection/${LOCAL_ACCOUNT}`) },
  },
  'AWS::Events::Rule': { ref: name, attributes: { Arn: arn('events', (subject) => `rule/${subject.name}`) } },
  'AWS::EC2::EIP': { ref: ADDRESS },
  'AWS::EC2::VPCEndpoint': {
    ref: id('vpce'),
    attributes: {
      Id: id('vpce'),
      // A hosted zone and a name, which templates split at the colon.
      DnsEntries: (subject) => [`Z00000000LOCAL:${String(id('vpce')(subject))}.vpce.amazonaws.com`],
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    ref: uuid,
    attributes: {
      Id: uuid,
      EventSourceMappingArn: arn('lambda', (subject) => `event-source-mapping:${String(uuid(subject))}`),
    },
  },
  'AWS::Lambda::Function': {
    ref: name,
    attributes: { Arn: arn('lambda', (subject) => `function:${subject.name}`) },
  },
  'AWS::IAM::Role': { ref: name, attributes: { Arn: iamArn('role'), RoleId: id('AROA') } },
  'AWS::IAM::ManagedPolicy': {
    ref: iamArn('policy'),
    attributes: { PolicyArn: iamArn('policy'), PolicyId: id('ANPA') },
  },
  'AWS::CloudWatch::Alarm': {
    ref: name,
    attributes: { Arn: arn('cloudwatch', (subject) => `alarm:${subject.name}`) },
  },
  'AWS::CloudWatch::CompositeAlarm': {
    ref: name,
    attributes: { Arn: arn('cloudwatch', (subject) => `alarm:${subject.name}`) },
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    ref: arn('autoscaling', (subject) => `scalingPolicy:${String(uuid(subject))}:policyName/${subject.name}`),
  },
};

/** The shapes of attributes that have the same name on many resource types. */
const ATTRIBUTES: Readonly<Record<string, Shape>> = {
  AllocationId: id('eipalloc'),
  AvailabilityZone: ({ region }) => `${region}a`,
  CidrBlock: NETWORK,
  CidrBlockAssociations: only(id('vpc-cidr-assoc')),
  DefaultNetworkAcl: id('acl'),
  DefaultSecurityGroup: id('sg'),
  GroupId: id('sg'),
  Ipv6CidrBlocks: only(NETWORK_6),
  NetworkInterfaceIds: only(id('eni')),
  PrivateIp: ADDRESS,
  PrivateIpAddress: ADDRESS,
  PublicIp: ADDRESS,
};

/**
 * Returns the shapes of `Ref` and of the known attributes of a resource type. For any other type, `Ref` is the
 * resource's name.
 */
export function typeShape(type: string): TypeShape {
  const [, service, kind = ''] = type.split('::');
  const prefix = service === 'EC2' ? EC2_IDS[kind] : undefined;
  return TYPES[type] ?? { ref: prefix === undefined ? name : id(prefix) };
}

/**
 * Returns the shape of an attribute by its name: an ARN for `…Arn`, an id of its kind for `…Id`, and otherwise a
 * descriptive text.
 */
export function attributeShape(attribute: string): Shape {
  const known = ATTRIBUTES[attribute];
  if (known !== undefined) return known;
  if (attribute.endsWith('Arn')) return otherArn;
  const kind = attribute.endsWith('Id') ? EC2_IDS[idOf(attribute)] : undefined;
  return kind === undefined ? (subject) => `placeholder-${subject.logicalId}-${attribute}` : id(kind);
}

const otherArn: Shape = (subject) => {
  const [, service = 'local', kind = 'resource'] = subject.type.toLowerCase().split('::');
  return String(arn(service, () => `${kind}/${subject.name}`)(subject));
};

/** Returns the type that an attribute such as `SubnetId` or `VpcId` names; the type of a VPC is spelled `VPC`. */
const idOf = (attribute: string): string => attribute.slice(0, -'Id'.length).replace(/^Vpc/, 'VPC');
