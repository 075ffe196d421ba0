import type { EventSourceMappingSpec, PollerMode } from './event-source-mapping-spec.ts';
import type { ConfigurationProblem } from './configuration-problem.ts';
import { functionNameOf } from './function-name.ts';

const MAPPINGS_OF_A_POLLER_GROUP = 100;
const POLLERS_OF_A_POLLER_GROUP = 2_000;

/**
 * Checks the rules between a mapping and the account's other mappings. For an update, `others` must not contain the
 * mapping itself.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html
 */
export function validateCreate(
  spec: EventSourceMappingSpec,
  others: readonly EventSourceMappingSpec[],
): readonly ConfigurationProblem[] {
  return [
    ...duplicateProblems(spec, others),
    ...groupIdProblems(spec, others),
    ...pollerGroupProblems(spec, others),
  ];
}

/**
 * Checks that a function reads a topic of a source only once, whatever its consumer groups are. Otherwise Lambda
 * answers 409, ResourceConflictException.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
function duplicateProblems(
  spec: EventSourceMappingSpec,
  others: readonly EventSourceMappingSpec[],
): readonly ConfigurationProblem[] {
  const identity = identityOf(spec);
  if (others.every((other) => identityOf(other) !== identity)) return [];
  const { topic, functionName } = spec;
  return [
    {
      property: 'Topics',
      message:
        `is "${topic}", which another mapping of function ${functionName} reads from the same source ` +
        '(ResourceConflictException); allowed: one mapping for each function, source and topic; remove this one',
    },
  ];
}

function identityOf({ functionName, source, topic }: EventSourceMappingSpec): string {
  const from =
    source.kind === 'managed' ? source.eventSourceArn : source.bootstrapServers.toSorted().join(',');
  return JSON.stringify([functionNameOf(functionName), from, topic]);
}

function groupIdProblems(
  { consumerGroupId }: EventSourceMappingSpec,
  others: readonly EventSourceMappingSpec[],
): readonly ConfigurationProblem[] {
  const user = others.find((other) => other.consumerGroupId === consumerGroupId);
  if (user === undefined) return [];
  return [
    {
      property: 'ConsumerGroupId',
      message: `is "${consumerGroupId}", which the mapping of function ${user.functionName} uses; allowed: a group id of its own`,
    },
  ];
}

function pollerGroupProblems(
  { pollers }: EventSourceMappingSpec,
  others: readonly EventSourceMappingSpec[],
): readonly ConfigurationProblem[] {
  const name = groupNameOf(pollers);
  if (name === null) return [];
  const members = [pollers, ...others.map((other) => other.pollers)].filter(
    (mode) => groupNameOf(mode) === name,
  );
  const maximumPollers = members.reduce((sum, mode) => sum + maximumOf(mode), 0);
  return [
    ...atMost('PollerGroupName', members.length, MAPPINGS_OF_A_POLLER_GROUP, `mappings in group "${name}"`),
    ...atMost('MaximumPollers', maximumPollers, POLLERS_OF_A_POLLER_GROUP, `pollers in group "${name}"`),
  ];
}

function groupNameOf(mode: PollerMode): string | null {
  return mode.kind === 'provisioned' ? mode.pollerGroupName : null;
}

function maximumOf(mode: PollerMode): number {
  return mode.kind === 'provisioned' ? mode.maximumPollers : 0;
}

function atMost(name: string, sum: number, limit: number, what: string): readonly ConfigurationProblem[] {
  if (sum <= limit) return [];
  return [
    {
      property: `ProvisionedPollerConfig.${name}`,
      message: `makes ${sum} ${what}; allowed: at most ${limit}; lower it or use another group`,
    },
  ];
}
