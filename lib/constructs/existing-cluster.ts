import { Annotations, Arn, ArnFormat } from 'aws-cdk-lib/core';
import type { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { Peer, Port, SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { ExistingClusterConfig } from '../config/stage-config.ts';
import { IAM_LISTENER_PORT } from './kafka-cluster.ts';
import type { ClientNetwork, KafkaCluster } from './kafka-cluster.ts';

export interface ExistingClusterProps {
  readonly config: ExistingClusterConfig;
  /** The zones of the brokers' subnets. */
  readonly zones: readonly string[];
}

/** A cluster that somebody else owns. Only one rule is added, which admits the clients created here. */
export class ExistingCluster extends Construct implements KafkaCluster {
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly network: ClientNetwork;

  constructor(scope: Construct, id: string, props: ExistingClusterProps) {
    super(scope, id);
    const { config } = props;
    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: config.vpcId,
      availabilityZones: props.zones.slice(0, config.subnetIds.length),
    });
    const clients = new SecurityGroup(this, 'ClientSecurityGroup', {
      vpc,
      description: 'Functions that speak Kafka themselves',
      allowAllOutbound: false,
    });
    clients.connections.allowTo(
      SecurityGroup.fromSecurityGroupId(this, 'BrokerSecurityGroup', config.securityGroupId),
      Port.tcp(IAM_LISTENER_PORT),
      'Clients to brokers',
    );
    // The owner's network determines the route: an interface endpoint of the MSK API, or a NAT gateway.
    clients.connections.allowTo(Peer.anyIpv4(), Port.HTTPS, 'Clients to AWS services');
    this.clusterArn = config.clusterArn;
    this.clusterName = nameOf(config.clusterArn);
    this.network = {
      vpc,
      subnets: config.subnetIds.map((subnetId) => importedSubnet(this, subnetId)),
      clientSecurityGroup: clients,
    };
  }
}

function importedSubnet(scope: Construct, subnetId: string): ISubnet {
  const subnet = Subnet.fromSubnetId(scope, subnetId, subnetId);
  Annotations.of(subnet).acknowledgeWarning(
    '@aws-cdk/aws-ec2:noSubnetRouteTableId',
    'Functions are placed in the subnet; nothing reads its route table',
  );
  return subnet;
}

/** The name in `arn:…:cluster/<name>/<uuid>`. */
function nameOf(clusterArn: string): string {
  const [name = ''] = (Arn.split(clusterArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName ?? '').split('/');
  return name;
}
