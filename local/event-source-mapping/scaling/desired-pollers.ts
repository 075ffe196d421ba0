/** What a mapping's number of pollers depends on. */
export interface ScalingSituation {
  /** Lower and upper bound, within the partition count. */
  readonly range: { readonly minimum: number; readonly maximum: number };
  /** Pollers that run now. */
  readonly pollers: number;
  /** Records that wait. */
  readonly backlog: number;
  /** The same one evaluation before; `undefined` at the first. */
  readonly backlogBefore: number | undefined;
  readonly batchSize: number;
}

/**
 * How many pollers a mapping should have: twice as many while its backlog grows beyond a batch for each, one fewer
 * when a batch would take all that waits. AWS documents that the backlog decides, and the bounds, not the steps.
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
