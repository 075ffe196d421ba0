import { calls } from './calls.ts';
import type { Call } from './calls.ts';
import { callsOnForeignConsumer } from './permission-matrix.ts';
import { networkCalls, networkCallsByCode } from './producer-matrix.ts';
import { callsOnEverything, callsOnOwnRole } from './role-calls.ts';
import type { ConsumerWorld, RoleWorld, SharedWorld } from './worlds.ts';

/** Lists the calls that the sampler needs: reading groups and records, and logging. */
export function callsSamplerNeeds(
  own: RoleWorld,
  consumers: readonly ConsumerWorld[],
  { clusterArn, topicArn }: SharedWorld,
): readonly Call[] {
  return [
    ...calls('kafka', ['GetBootstrapBrokers'], clusterArn),
    ...calls('kafka-cluster', ['Connect'], clusterArn),
    ...calls('kafka-cluster', ['DescribeTopic', 'ReadData'], topicArn),
    ...consumers.flatMap(({ groupArn }) => calls('kafka-cluster', ['DescribeGroup'], groupArn)),
    ...calls('logs', ['CreateLogStream', 'PutLogEvents'], own.logStreamArn),
    ...networkCalls,
  ];
}

/**
 * Lists the calls that the sampler must not be able to make: joining a group, committing, writing, or using resources
 * of consumers.
 */
export function callsSamplerMustNotMake(
  own: RoleWorld,
  consumers: readonly ConsumerWorld[],
  shared: SharedWorld,
): readonly Call[] {
  return [
    ...consumers.flatMap(callsOnForeignConsumer).filter((call) => !describes(call)),
    ...consumers.flatMap(({ groupArn }) => calls('kafka-cluster', ['AlterGroup', 'DeleteGroup'], groupArn)),
    ...callsOnOwnRole(own),
    ...callsOnEverything(shared),
    ...calls('kafka-cluster', ['WriteData'], shared.topicArn),
    ...networkCallsByCode(own),
  ];
}

function describes({ action }: Call): boolean {
  return action === 'kafka-cluster:DescribeGroup';
}
