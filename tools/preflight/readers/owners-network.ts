import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  type IpPermission,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import type { ExistingClusterConfig } from '../../../lib/config/stage-config.ts';
import type { Call } from '../call.ts';
import type { BrokerGroupFacts, NetworkFacts, PortRange } from '../checks/owners-network.ts';
import type { Clients } from '../clients.ts';

const ALL_ADDRESSES = '0.0.0.0/0';

/** Reads the part of the owner's network on which this app depends. */
export async function readNetwork(
  clients: Clients,
  call: Call,
  config: ExistingClusterConfig,
): Promise<NetworkFacts> {
  const [endpoints, subnetsWithWayOut, brokerGroup] = await Promise.all([
    readEndpoints(clients, call, config),
    readWaysOut(clients, call, config),
    readBrokerGroup(clients, call, config),
  ]);
  return { endpoints, subnetsWithWayOut, brokerGroup };
}

async function readEndpoints(
  { ec2 }: Clients,
  call: Call,
  { vpcId }: ExistingClusterConfig,
): Promise<NetworkFacts['endpoints']> {
  const Filters = [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'vpc-endpoint-type', Values: ['Interface', 'Gateway'] },
    { Name: 'vpc-endpoint-state', Values: ['available'] },
  ];
  const { VpcEndpoints = [] } = await call('ec2:DescribeVpcEndpoints', (options) =>
    ec2.send(new DescribeVpcEndpointsCommand({ Filters }), options),
  );
  return Object.fromEntries(
    VpcEndpoints.map(({ ServiceName = '', PrivateDnsEnabled, VpcEndpointType }) => [
      ServiceName,
      // A gateway endpoint is a route to the usual name.
      { privateDns: PrivateDnsEnabled === true || VpcEndpointType === 'Gateway' },
    ]),
  );
}

/** A subnet without a route table of its own has the VPC's main one. */
async function readWaysOut(
  { ec2 }: Clients,
  call: Call,
  { vpcId, subnetIds }: ExistingClusterConfig,
): Promise<readonly string[]> {
  const { RouteTables = [] } = await call('ec2:DescribeRouteTables', (options) =>
    ec2.send(new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }), options),
  );
  const main = RouteTables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main === true));
  return subnetIds.filter((id) => {
    const own = RouteTables.find(({ Associations = [] }) =>
      Associations.some(({ SubnetId }) => SubnetId === id),
    );
    return hasWayOut(own ?? main);
  });
}

/**
 * Returns whether a route leads out. An internet gateway does not, because pollers and functions have no public
 * addresses.
 */
function hasWayOut(table: RouteTable | undefined): boolean {
  return (table?.Routes ?? []).some(
    ({ DestinationCidrBlock, NatGatewayId, TransitGatewayId, NetworkInterfaceId }) =>
      DestinationCidrBlock === ALL_ADDRESSES &&
      [NatGatewayId, TransitGatewayId, NetworkInterfaceId].some((id) => id !== undefined),
  );
}

async function readBrokerGroup(
  { ec2 }: Clients,
  call: Call,
  { securityGroupId }: ExistingClusterConfig,
): Promise<BrokerGroupFacts> {
  const { SecurityGroups: [group] = [] } = await call('ec2:DescribeSecurityGroups', (options) =>
    ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [securityGroupId] }), options),
  );
  const fromItself = (group?.IpPermissions ?? []).filter(({ UserIdGroupPairs = [] }) =>
    UserIdGroupPairs.some(({ GroupId }) => GroupId === securityGroupId),
  );
  return {
    admitsItselfOn: fromItself.map(portRange),
    letsOutOn: (group?.IpPermissionsEgress ?? []).map(portRange),
  };
}

/** A rule for all protocols has no ports. */
function portRange({ FromPort = 0, ToPort = 65_535 }: IpPermission): PortRange {
  return { from: FromPort, to: ToPort };
}
