/** How CloudFormation updates the resources of one type. */
export interface UpdateBehaviour {
  /** Properties, as dotted paths, whose change makes a new resource in place of the old one. */
  readonly replacedBy: readonly string[];
  /** Properties whose change does so in some cases. */
  readonly sometimesReplacedBy?: readonly string[];
  /** The property that names the resource: with a name of its own it cannot exist twice, not even for a moment. */
  readonly nameProperty?: string;
  /** True where the resource holds data that is gone with it. */
  readonly holdsData?: true;
}

/**
 * The update behaviour of each type in the templates.
 *
 * Source: "Update requires" in the CloudFormation template reference,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/, which the CDK toolkit carries as data and a
 * test compares with this table. What holds data is our own judgement: losing a key loses all that it encrypted.
 */
export const updateBehaviours: Readonly<Record<string, UpdateBehaviour>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    replacedBy: ['ResourceId', 'ServiceNamespace', 'ScalableDimension'],
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    replacedBy: ['PolicyName', 'ResourceId', 'ScalableDimension', 'ScalingTargetId', 'ServiceNamespace'],
  },
  'AWS::CloudWatch::Alarm': { replacedBy: ['AlarmName'], nameProperty: 'AlarmName' },
  'AWS::CloudWatch::CompositeAlarm': { replacedBy: ['AlarmName'], nameProperty: 'AlarmName' },
  'AWS::CloudWatch::Dashboard': { replacedBy: ['DashboardName'], nameProperty: 'DashboardName' },
  'AWS::DynamoDB::Table': {
    replacedBy: ['ImportSourceSpecification', 'KeySchema', 'TableName'],
    nameProperty: 'TableName',
    holdsData: true,
  },
  'AWS::EC2::FlowLog': {
    replacedBy: [
      'DeliverCrossAccountRole',
      'DeliverLogsPermissionArn',
      'DestinationOptions',
      'LogDestination',
      'LogDestinationType',
      'LogFormat',
      'LogGroupName',
      'MaxAggregationInterval',
      'ResourceId',
      'ResourceType',
      'TagFieldSpecifications',
      'TrafficType',
    ],
  },
  'AWS::EC2::RouteTable': { replacedBy: ['VpcId'] },
  'AWS::EC2::SecurityGroup': {
    replacedBy: ['GroupDescription', 'GroupName', 'VpcId'],
    nameProperty: 'GroupName',
  },
  'AWS::EC2::SecurityGroupEgress': {
    replacedBy: [
      'CidrIp',
      'CidrIpv6',
      'DestinationPrefixListId',
      'DestinationSecurityGroupId',
      'FromPort',
      'GroupId',
      'IpProtocol',
      'ToPort',
    ],
  },
  'AWS::EC2::SecurityGroupIngress': {
    replacedBy: [
      'CidrIp',
      'CidrIpv6',
      'FromPort',
      'GroupId',
      'GroupName',
      'IpProtocol',
      'SourcePrefixListId',
      'SourceSecurityGroupId',
      'SourceSecurityGroupName',
      'SourceSecurityGroupOwnerId',
      'ToPort',
    ],
  },
  'AWS::EC2::Subnet': {
    replacedBy: [
      'AvailabilityZone',
      'AvailabilityZoneId',
      'CidrBlock',
      'Ipv4IpamPoolId',
      'Ipv4NetmaskLength',
      'Ipv6IpamPoolId',
      'Ipv6Native',
      'Ipv6NetmaskLength',
      'OutpostArn',
      'VpcId',
    ],
    sometimesReplacedBy: ['Ipv6CidrBlock'],
  },
  'AWS::EC2::SubnetRouteTableAssociation': { replacedBy: ['RouteTableId', 'SubnetId'] },
  'AWS::EC2::VPC': {
    replacedBy: ['CidrBlock', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'VpcEncryptionControl'],
    sometimesReplacedBy: ['InstanceTenancy'],
  },
  'AWS::EC2::VPCEndpoint': {
    replacedBy: [
      'ResourceConfigurationArn',
      'ServiceName',
      'ServiceNetworkArn',
      'ServiceRegion',
      'VpcEndpointType',
      'VpcId',
    ],
  },
  'AWS::Events::Rule': { replacedBy: ['Name', 'EventBusName'], nameProperty: 'Name' },
  'AWS::IAM::ManagedPolicy': {
    replacedBy: ['Description', 'ManagedPolicyName', 'Path'],
    nameProperty: 'ManagedPolicyName',
  },
  'AWS::IAM::Role': { replacedBy: ['Path', 'RoleName'], nameProperty: 'RoleName' },
  'AWS::KMS::Key': { replacedBy: [], holdsData: true },
  'AWS::Lambda::EventSourceMapping': {
    replacedBy: [
      'AmazonManagedKafkaEventSourceConfig.ConsumerGroupId',
      'EventSourceArn',
      'SelfManagedEventSource',
      'SelfManagedKafkaEventSourceConfig.ConsumerGroupId',
      'StartingPosition',
      'StartingPositionTimestamp',
    ],
  },
  'AWS::Lambda::Function': {
    replacedBy: ['FunctionName', 'PackageType', 'TenancyConfig'],
    nameProperty: 'FunctionName',
  },
  'AWS::Lambda::Permission': {
    replacedBy: [
      'Action',
      'EventSourceToken',
      'FunctionName',
      'FunctionUrlAuthType',
      'InvokedViaFunctionUrl',
      'Principal',
      'PrincipalOrgID',
      'SourceAccount',
      'SourceArn',
    ],
  },
  'AWS::Logs::LogGroup': { replacedBy: ['LogGroupName'], nameProperty: 'LogGroupName', holdsData: true },
  'AWS::MSK::Cluster': {
    replacedBy: [
      'BrokerNodeGroupInfo.BrokerAZDistribution',
      'BrokerNodeGroupInfo.ClientSubnets',
      'BrokerNodeGroupInfo.SecurityGroups',
      'ClusterName',
      'EncryptionInfo.EncryptionAtRest',
      'EncryptionInfo.EncryptionInTransit.InCluster',
    ],
    nameProperty: 'ClusterName',
    holdsData: true,
  },
  'AWS::MSK::Configuration': { replacedBy: ['KafkaVersionsList', 'Name'], nameProperty: 'Name' },
  'AWS::MSK::Topic': {
    replacedBy: ['ClusterArn', 'ReplicationFactor', 'TopicName'],
    nameProperty: 'TopicName',
    holdsData: true,
  },
  'AWS::SNS::Subscription': { replacedBy: ['Endpoint', 'Protocol', 'TopicArn'] },
  'AWS::SNS::Topic': { replacedBy: ['FifoTopic', 'TopicName'], nameProperty: 'TopicName' },
  'AWS::SNS::TopicPolicy': { replacedBy: [] },
  'AWS::SQS::Queue': { replacedBy: ['FifoQueue', 'QueueName'], nameProperty: 'QueueName', holdsData: true },
  'AWS::SQS::QueuePolicy': { replacedBy: [] },
  // A custom resource says itself whether it is another one, by the id that it answers with.
  'Custom::VpcRestrictDefaultSG': { replacedBy: ['ServiceToken'], sometimesReplacedBy: [] },
};
