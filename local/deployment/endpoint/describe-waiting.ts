import {
  DescribeStackEventsCommand,
  type CloudFormationClient,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';

export interface WaitingOptions {
  readonly cloudFormation: CloudFormationClient;
  readonly stackNames: readonly string[];
  /** Reads the endpoint's last error from its log, when there is access to it. */
  readonly lastError: () => Promise<string | undefined>;
}

/** Describes what a deployment waits for: the resources in progress, and the endpoint's last message. */
export async function describeWaiting(options: WaitingOptions): Promise<string> {
  const { cloudFormation, stackNames } = options;
  const waiting = (
    await Promise.all(stackNames.map((stackName) => resourcesInProgress(cloudFormation, stackName)))
  ).flat();
  const error = await options.lastError();
  const what = waiting.length === 0 ? "the endpoint's CloudFormation" : waiting.join(', ');
  return `waiting for ${what}.${error === undefined ? '' : ` The endpoint's last error: ${error}`}`;
}

async function resourcesInProgress(
  client: CloudFormationClient,
  stackName: string,
): Promise<readonly string[]> {
  const { StackEvents: events = [] } = await client
    .send(new DescribeStackEventsCommand({ StackName: stackName }))
    .catch(() => ({ StackEvents: [] }));
  const busy = busyResources(events);
  return (await Promise.all(busy.map((resource) => namesOf(client, stackName, resource)))).flat();
}

/**
 * Lists the resources whose last event says that they are in progress.
 *
 * @param events - newest first, as CloudFormation returns them.
 */
export function busyResources(events: readonly StackEvent[]): readonly StackEvent[] {
  const last = new Map<string | undefined, StackEvent>();
  for (const event of events)
    if (!last.has(event.LogicalResourceId)) last.set(event.LogicalResourceId, event);
  return [...last.values()].filter(
    ({ ResourceStatus: status, PhysicalResourceId: id, StackId: stack }) =>
      status?.endsWith('_IN_PROGRESS') === true && id !== stack,
  );
}

/** Leaves out nested stacks, because their own resources in progress are listed. */
async function namesOf(
  client: CloudFormationClient,
  stackName: string,
  { ResourceType: type, LogicalResourceId: logicalId, PhysicalResourceId: physicalId }: StackEvent,
): Promise<readonly string[]> {
  const inner =
    type === 'AWS::CloudFormation::Stack' && physicalId !== undefined && physicalId !== ''
      ? await resourcesInProgress(client, physicalId)
      : [];
  return inner.length > 0 ? inner : [`${stackName}/${logicalId} (${type})`];
}
