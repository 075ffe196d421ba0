import type { ConsumerName } from '../topology/topology.ts';
import type { StageName } from './stage-config.ts';

/** The fixed names of a stage. A kept resource with a fixed name blocks the next deployment of the stage. */
export interface StageNames {
  /** The prefix of all names that operators see. */
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
