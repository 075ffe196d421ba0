import {
  DescribeClusterCommand,
  paginateListClusters,
  paginateListConfigurations,
  type ClusterInfo,
} from '@aws-sdk/client-kafka';
import { unlessMissing, type Call } from '../call.ts';
import type { ExistingClusterFacts } from '../checks/existing-cluster.ts';
import type { ClusterFacts } from '../checks/own-cluster.ts';
import type { Clients } from '../clients.ts';

/** Every provisioned cluster of the account in the region, by its name. */
export async function readClusters({ kafka }: Clients, call: Call): Promise<readonly ClusterFacts[]> {
  const clusters = await call('kafka:ListClusters', async () => {
    const found: ClusterInfo[] = [];
    for await (const page of paginateListClusters({ client: kafka }, {}))
      found.push(...(page.ClusterInfoList ?? []));
    return found;
  });
  return clusters.map(clusterFacts);
}

/** ARNs of the configurations of a name. */
export async function readConfigurations(
  { kafka }: Clients,
  call: Call,
  name: string,
): Promise<readonly string[]> {
  return await call('kafka:ListConfigurations', async () => {
    const arns: string[] = [];
    for await (const { Configurations = [] } of paginateListConfigurations({ client: kafka }, {}))
      arns.push(...Configurations.filter(({ Name }) => Name === name).map(({ Arn = '' }) => Arn));
    return arns;
  });
}

/** Undefined when there is no such cluster. */
export async function readExistingCluster(
  { kafka }: Clients,
  call: Call,
  clusterArn: string,
): Promise<ExistingClusterFacts | undefined> {
  const found = await call('kafka:DescribeCluster', (options) =>
    unlessMissing(
      kafka.send(new DescribeClusterCommand({ ClusterArn: clusterArn }), options),
      ({ name }) => name === 'NotFoundException',
    ),
  );
  const info = found?.ClusterInfo;
  return info === undefined
    ? undefined
    : {
        ...clusterFacts(info),
        iam: info.ClientAuthentication?.Sasl?.Iam?.Enabled === true,
        subnetIds: info.BrokerNodeGroupInfo?.ClientSubnets ?? [],
        securityGroupIds: info.BrokerNodeGroupInfo?.SecurityGroups ?? [],
      };
}

function clusterFacts(info: ClusterInfo): ClusterFacts {
  const group = info.BrokerNodeGroupInfo;
  return {
    name: info.ClusterName ?? '',
    arn: info.ClusterArn ?? '',
    state: info.State ?? 'UNKNOWN',
    brokers: info.NumberOfBrokerNodes ?? 0,
    instanceType: group?.InstanceType ?? '',
    storageGibibytes: group?.StorageInfo?.EbsStorageInfo?.VolumeSize,
  };
}
