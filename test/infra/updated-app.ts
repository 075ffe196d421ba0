import { App } from 'aws-cdk-lib/core';
import { readStageConfig } from '../../lib/config/read-stage-config.ts';
import { createOrderEvents } from '../../lib/stacks/order-events.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { Topology } from '../../lib/topology/topology-types.ts';

/** The project's app after a change as people make it: more memory for every function, and a grown topic. */
const updated: Topology = {
  topic: {
    ...topology.topic,
    partitions: 8,
    partitionHistory: [
      ...topology.topic.partitionHistory,
      { kind: 'grown', partitions: 8, migration: 'docs/migrations/eight-partitions.md' },
    ],
  },
  consumers: topology.consumers.map((consumer) =>
    Object.assign({}, consumer, { functionMemoryMegabytes: 1024 }),
  ),
};

const app = new App();
createOrderEvents(
  app,
  readStageConfig((key): unknown => app.node.tryGetContext(key)),
  updated,
);
