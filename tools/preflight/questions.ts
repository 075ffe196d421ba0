import { placeTopology } from '../../lib/config/place-topology.ts';
import type {
  ExistingClusterConfig,
  ProvisionedClusterConfig,
  StageConfig,
} from '../../lib/config/stage-config.ts';
import { stageNames } from '../../lib/config/stage-names.ts';
import { topology as asWritten } from '../../lib/topology/topology.ts';
import type { Call } from './call.ts';
import { judgeAccount, judgeRegion } from './checks/account.ts';
import { judgeBootstrap } from './checks/bootstrap.ts';
import { judgeExecutions } from './checks/executions.ts';
import { judgeExistingCluster } from './checks/existing-cluster.ts';
import { judgeGroupsOfOthers } from './checks/groups-of-others.ts';
import { judgeKeptNames, type KeptFacts } from './checks/kept-names.ts';
import { judgeEmailAccount, judgeIdentity, judgeSms, judgeSubscribers } from './checks/messages.ts';
import { judgeOwnCluster } from './checks/own-cluster.ts';
import { judgeNetwork } from './checks/owners-network.ts';
import { judgeQuota } from './checks/quotas.ts';
import { isDeployed, judgeStacks } from './checks/stacks.ts';
import { judgeZones } from './checks/zones.ts';
import type { Clients } from './clients.ts';
import { readBootstrap, readCaller, readExecutions, readZones } from './readers/account.ts';
import { readClusters, readConfigurations, readExistingCluster } from './readers/clusters.ts';
import { readMappings } from './readers/groups-of-others.ts';
import { readQueues, readTopic } from './readers/kept-names.ts';
import { readEmailAccount, readIdentity, readSms } from './readers/messages.ts';
import { readNetwork } from './readers/owners-network.ts';
import { readBrokers, readEndpoints, readVpcs } from './readers/quotas.ts';
import { readStacks } from './readers/stacks.ts';
import type { Judgement } from './verdict.ts';

/** One question to AWS, whose answer is checked against the stage. */
export interface Question {
  readonly subject: string;
  /** @throws {NotKnown} when AWS does not answer. */
  readonly answer: () => Promise<readonly Judgement[]>;
}

export interface Asking {
  readonly config: StageConfig;
  readonly clients: Clients;
  readonly call: Call;
  /** Of the CDK bootstrap. */
  readonly qualifier: string;
  /** The region of commands without a stage; undefined when none is set. */
  readonly regionInUse: () => Promise<string | undefined>;
}

/** SQS, the MSK API and Lambda: `lib/constructs/service-endpoints.ts`. */
const ENDPOINTS_OF_NETWORK = 3;

/** All questions about a deployment of the stage, in the order of their output lines. */
export function questionsAbout(asking: Asking): readonly Question[] {
  const { config } = asking;
  return [
    ...aboutAccount(asking),
    ...aboutMessages(asking),
    ...aboutStacks(asking),
    ...(config.cluster.kind === 'provisioned'
      ? aboutOwnCluster(asking, config.cluster)
      : aboutExistingCluster(asking, config.cluster)),
  ];
}

function aboutAccount({ config, clients, call, qualifier, regionInUse }: Asking): readonly Question[] {
  const topology = placeTopology(asWritten, config.cluster);
  return [
    { subject: 'account', answer: async () => judgeAccount(config, await readCaller(clients, call)) },
    { subject: 'region', answer: async () => judgeRegion(config, await regionInUse()) },
    {
      subject: 'CDK bootstrap',
      answer: async () => judgeBootstrap(await readBootstrap(clients, call, qualifier), config.region),
    },
    {
      subject: 'Lambda executions',
      answer: async () => judgeExecutions(config, topology, await readExecutions(clients, call)),
    },
  ];
}

function aboutMessages({ config, clients, call }: Asking): readonly Question[] {
  return [
    {
      subject: 'e-mail sender',
      answer: async () => judgeIdentity(config, await readIdentity(clients, call, config.email.identity)),
    },
    {
      subject: 'e-mail account',
      answer: async () => judgeEmailAccount(config, await readEmailAccount(clients, call)),
    },
    { subject: 'SMS', answer: async () => judgeSms(config, await readSms(clients, call)) },
    { subject: 'alarms', answer: () => Promise.resolve(judgeSubscribers(config)) },
  ];
}

function aboutStacks(asking: Asking): readonly Question[] {
  const { config, clients, call } = asking;
  const { stacks } = stageNames(config.stage);
  return [
    {
      subject: 'stacks',
      answer: async () => judgeStacks(await readStacks(clients, call, Object.values(stacks))),
    },
    { subject: 'kept names', answer: async () => judgeKeptNames(stacks, await readKept(asking)) },
  ];
}

async function readKept({ config, clients, call }: Asking): Promise<KeptFacts> {
  const { stage, cluster } = config;
  const names = stageNames(stage);
  const { topic, consumers } = placeTopology(asWritten, cluster);
  const queueNames = consumers.map(({ name }) => names.deadLetterQueue(name));
  const own = cluster.kind === 'provisioned';
  const [stacks, queues, clusters, configurations, topicIsThere] = await Promise.all([
    readStacks(clients, call, Object.values(names.stacks)),
    readQueues(clients, call, queueNames),
    own ? readClusters(clients, call) : [],
    own ? readConfigurations(clients, call, names.cluster) : [],
    own || cluster.topic !== undefined
      ? false
      : readTopic(clients, call, { clusterArn: cluster.clusterArn, name: topic.name }),
  ]);
  return {
    stacks,
    queues,
    clusters: clusters.filter(({ name }) => name === names.cluster).map(({ arn }) => arn),
    configurations,
    topics: topicIsThere ? [topic.name] : [],
  };
}

function aboutOwnCluster(asking: Asking, cluster: ProvisionedClusterConfig): readonly Question[] {
  const { config, clients, call } = asking;
  const names = stageNames(config.stage);
  return [
    { subject: 'zones', answer: async () => judgeZones(config, await readZones(clients, call)) },
    ...aboutQuotas(asking, cluster.brokersPerZone * config.zones.length),
    {
      subject: 'cluster',
      answer: async () => {
        const clusters = await readClusters(clients, call);
        const there = clusters.find(({ name }) => name === names.cluster);
        return judgeOwnCluster(cluster, config.stage, there);
      },
    },
  ];
}

/** Returns the additional use of a quota, which is 0 for a deployed stage. */
function aboutQuotas({ config, clients, call }: Asking, brokers: number): readonly Question[] {
  const { streaming } = stageNames(config.stage).stacks;
  const added = async (count: number): Promise<number> =>
    isDeployed(await readStacks(clients, call, [streaming]), streaming) ? 0 : count;
  return [
    {
      subject: 'brokers',
      answer: async () => judgeQuota(await readBrokers(clients, call, await added(brokers))),
    },
    { subject: 'networks', answer: async () => judgeQuota(await readVpcs(clients, call, await added(1))) },
    {
      subject: 'endpoints',
      answer: async () => judgeQuota(await readEndpoints(clients, call, await added(ENDPOINTS_OF_NETWORK))),
    },
  ];
}

function aboutExistingCluster(
  { config, clients, call }: Asking,
  cluster: ExistingClusterConfig,
): readonly Question[] {
  const { region, stage } = config;
  const { clusterArn } = cluster;
  return [
    {
      subject: 'existing cluster',
      answer: async () => judgeExistingCluster(cluster, await readExistingCluster(clients, call, clusterArn)),
    },
    {
      subject: 'groups',
      answer: async () =>
        judgeGroupsOfOthers(
          {
            functionPrefix: `${stageNames(stage).prefix}-`,
            consumerGroupIds: placeTopology(asWritten, cluster).consumers.map((each) => each.consumerGroupId),
          },
          await readMappings(clients, call, clusterArn),
        ),
    },
    {
      subject: "owner's network",
      answer: async () =>
        judgeNetwork({ region, subnetIds: cluster.subnetIds }, await readNetwork(clients, call, cluster)),
    },
  ];
}
