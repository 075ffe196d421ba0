import { Stack, Validations } from 'aws-cdk-lib/core';
import {
  CfnSubnet,
  FlowLog,
  FlowLogDestination,
  FlowLogResourceType,
  FlowLogTrafficType,
  IpAddresses,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';
import { isZoneId } from '../config/zones.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';
import { unreadNetwork } from './outside-network.ts';

export interface IsolatedNetworkProps {
  readonly cidr: string;
  /** All by their ids, or all by their letters. */
  readonly zones: readonly string[];
  readonly encryptionKey: IKey;
  readonly logRetentionDays: StageConfig['logRetentionDays'];
}

/** A VPC without a route out: one isolated subnet in each zone, no NAT, no internet gateway, flow logs on. */
export class IsolatedNetwork extends Construct {
  readonly vpc: Vpc;

  constructor(scope: Construct, id: string, props: IsolatedNetworkProps) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(props.cidr),
      availabilityZones: [...props.zones],
      natGateways: 0,
      subnetConfiguration: [{ name: 'brokers', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
      restrictDefaultSecurityGroup: true,
    });
    if (props.zones.every(isZoneId)) placeByZoneId(this.vpc);
    else acknowledgeLetters(this.vpc);
    acknowledgeHelperOutsideNetwork(Stack.of(this));
    this.#recordTraffic(props);
  }

  #recordTraffic(props: IsolatedNetworkProps): void {
    const logGroup = new EncryptedLogGroup(this, 'FlowLogs', {
      encryptionKey: props.encryptionKey,
      retentionDays: props.logRetentionDays,
    });
    const role = new Role(this, 'FlowLogRole', {
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com'),
    });
    const policy = new ManagedPolicy(this, 'FlowLogPolicy', {
      description: 'Lets VPC flow logs write to their log group',
      roles: [role],
      statements: [
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
          resources: [logGroup.logGroupArn],
        }),
      ],
    });
    const flowLog = new FlowLog(this, 'FlowLog', {
      resourceType: FlowLogResourceType.fromVpc(this.vpc),
      trafficType: FlowLogTrafficType.ALL,
      destination: FlowLogDestination.toCloudWatchLogs(logGroup, role.withoutPolicyUpdates()),
    });
    flowLog.node.addDependency(policy);
  }
}

/** Sets the zone of a subnet. The CDK names it by its letter only, and accepts any text. */
function placeByZoneId(vpc: Vpc): void {
  for (const { node, availabilityZone } of vpc.isolatedSubnets) {
    if (!CfnSubnet.isCfnSubnet(node.defaultChild)) continue;
    node.defaultChild.availabilityZone = undefined;
    node.defaultChild.availabilityZoneId = availabilityZone;
  }
}

function acknowledgeLetters(vpc: Vpc): void {
  Validations.of(vpc).acknowledge({
    id: 'CloudFormation-Validate::W3010',
    reason: 'The stage names the zones of its own account, so that synthesis looks nothing up.',
  });
}

/** `restrictDefaultSecurityGroup` is carried out by a function of the CDK, one for each stack, which calls EC2 alone. */
function acknowledgeHelperOutsideNetwork(stack: Stack): void {
  Validations.of(stack.node.findChild('Custom::VpcRestrictDefaultSGCustomResourceProvider')).acknowledge({
    id: 'cdk-validator-cfnguard::lambda_inside_vpc_check',
    reason: unreadNetwork,
  });
}
