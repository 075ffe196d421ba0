import { CreateClusterCommand, ListClustersCommand, type KafkaClient } from '@aws-sdk/client-kafka';

const NODES = 3;

/**
 * Creates an MSK cluster at the endpoint, or finds the existing one with this name.
 *
 * @returns its ARN
 */
export async function createMskCluster(client: KafkaClient, clusterName: string): Promise<string> {
  const existing = await findCluster(client, clusterName);
  if (existing !== undefined) return existing;
  const { ClusterArn } = await client.send(
    new CreateClusterCommand({
      ClusterName: clusterName,
      KafkaVersion: '3.9.x.kraft',
      NumberOfBrokerNodes: NODES,
      BrokerNodeGroupInfo: { InstanceType: 'kafka.m7g.large', ClientSubnets: ['local'] },
    }),
  );
  if (ClusterArn === undefined) throw new Error(`the endpoint created cluster ${clusterName} without an ARN`);
  return ClusterArn;
}

async function findCluster(client: KafkaClient, clusterName: string): Promise<string | undefined> {
  const { ClusterInfoList = [] } = await client.send(
    new ListClustersCommand({ ClusterNameFilter: clusterName }),
  );
  return ClusterInfoList.find(({ ClusterName }) => ClusterName === clusterName)?.ClusterArn;
}
