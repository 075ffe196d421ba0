import type { Stage } from '../stage/stage.ts';
import { total } from './cost-line.ts';
import type { CostLine } from './cost-line.ts';
import { fixedCost } from './fixed-cost.ts';
import { messageCost, orderCost } from './order-cost.ts';
import type { Workload } from './workload.ts';

const MILLION = 1_000_000;

/** The cost of a stage, in US dollars. */
export interface StageCost {
  readonly workload: Workload;
  /** A month before the first order. */
  readonly fixed: readonly CostLine[];
  /** The orders of a month. */
  readonly variable: readonly CostLine[];
  readonly messages: readonly CostLine[];
  readonly perMillion: readonly CostLine[];
  readonly messagesPerMillion: readonly CostLine[];
  /** Fixed and variable cost together, which the budget limits. */
  readonly monthly: number;
}

/** @throws Error when something in the templates has no price. */
export function stageCost(stage: Stage, workload: Workload): StageCost {
  const fixed = fixedCost(stage);
  const variable = orderCost(stage, workload.ordersPerMonth);
  return {
    workload,
    fixed,
    variable,
    messages: messageCost(workload.ordersPerMonth),
    perMillion: orderCost(stage, MILLION),
    messagesPerMillion: messageCost(MILLION),
    monthly: total(fixed) + total(variable),
  };
}
