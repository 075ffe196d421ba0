import type { ConsumerName } from '../topology/topology.ts';
import type { StageName } from './stage-config.ts';

/** The names of a stage that are fixed. What keeps its name when a stage is taken away stands in the way of the next. */
export interface StageNames {
  /** What all names that operators see begin with. */
  readonly prefix: string;
  readonly stacks: { readonly streaming: string; readonly operations: string; readonly consumers: string };
  /** Of the stage's own cluster, and of its configuration. */
  readonly cluster: string;
  readonly deadLetterQueue: (consumer: ConsumerName) => string;
}

export function stageNames(stage: StageName): StageNames {
  const prefix = `order-events-${stage}`;
  return {
    prefix,
    stacks: {
      streaming: `${prefix}-streaming`,
      operations: `${prefix}-operations`,
      consumers: `${prefix}-consumers`,
    },
    cluster: prefix,
    deadLetterQueue: (consumer) => `${prefix}-${consumer}-dlq`,
  };
}
