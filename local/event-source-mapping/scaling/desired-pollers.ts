/** The inputs for a mapping's number of pollers. */
export interface ScalingSituation {
  /** Lower and upper bound, within the partition count. */
  readonly range: { readonly minimum: number; readonly maximum: number };
  /** The number of running pollers. */
  readonly pollers: number;
  /** The number of waiting records. */
  readonly backlog: number;
  /** The number of waiting records at the previous evaluation; `undefined` at the first. */
  readonly backlogBefore: number | undefined;
  readonly batchSize: number;
}

/**
 * Returns the number of pollers that a mapping should have: twice as many while its backlog grows beyond a batch for
 * each poller, one fewer when one batch would take all waiting records. AWS documents the bounds and that the backlog
 * decides, but not the steps.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html
 */
export function desiredPollers(situation: ScalingSituation): number {
  const { minimum, maximum } = situation.range;
  return Math.min(maximum, Math.max(minimum, unbounded(situation)));
}

function unbounded({ pollers, backlog, backlogBefore = 0, batchSize }: ScalingSituation): number {
  if (backlog > backlogBefore && backlog > pollers * batchSize) return pollers * 2;
  return Math.max(backlog, backlogBefore) <= batchSize ? pollers - 1 : pollers;
}
