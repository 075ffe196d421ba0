import type { EventSourceMappingSpec, StartingPosition } from './event-source-mapping-spec.ts';
import { show, type ConfigurationProblem } from './configuration-problem.ts';
import { DEFAULT_WINDOW_MS } from './parse-event-source-mapping.ts';

/** The settings that cannot change after creation, by their AWS names. */
const CREATE_ONLY: readonly (readonly [string, (spec: EventSourceMappingSpec) => unknown])[] = [
  ['EventSourceArn', ({ source }) => (source.kind === 'managed' ? source.eventSourceArn : undefined)],
  [
    'SelfManagedEventSource',
    ({ source }) => (source.kind === 'selfManaged' ? source.bootstrapServers.join() : undefined),
  ],
  ['Topics', ({ topic }) => topic],
  ['ConsumerGroupId', ({ consumerGroupId }) => consumerGroupId],
  ['StartingPosition', ({ startingPosition }) => startingPosition.kind],
  ['StartingPositionTimestamp', ({ startingPosition }) => timestampOf(startingPosition)],
];

/**
 * Checks the changes that Lambda rejects for an existing mapping.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-parameters.html
 */
export function validateUpdate(
  current: EventSourceMappingSpec,
  wanted: EventSourceMappingSpec,
): readonly ConfigurationProblem[] {
  const changed = CREATE_ONLY.filter(([, read]) => read(current) !== read(wanted)).map(
    ([property, read]) => ({
      property,
      message: `is ${show(read(wanted))}; allowed: ${show(read(current))}, because it cannot change; delete the mapping and create it again`,
    }),
  );
  return [...changed, ...windowProblems(current, wanted)];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html */
function windowProblems(
  current: EventSourceMappingSpec,
  wanted: EventSourceMappingSpec,
): readonly ConfigurationProblem[] {
  const wasSet = current.maximumBatchingWindowMs !== DEFAULT_WINDOW_MS;
  if (!wasSet || wanted.maximumBatchingWindowMs !== DEFAULT_WINDOW_MS) return [];
  return [
    {
      property: 'MaximumBatchingWindowInSeconds',
      message: `is missing; allowed: 0 to 300, because a mapping with a window cannot return to ${DEFAULT_WINDOW_MS} ms; delete the mapping and create it again`,
    },
  ];
}

function timestampOf(position: StartingPosition): number | undefined {
  return position.kind === 'AT_TIMESTAMP' ? position.timestampMs / 1000 : undefined;
}
