import { App } from 'aws-cdk-lib/core';
import { readStageConfig } from '../../lib/config/read-stage-config.ts';
import { createOrderEvents } from '../../lib/stacks/order-events.ts';
import { consumerGroupId } from '../../lib/topology/identifiers.ts';
import { topology } from '../../lib/topology/topology.ts';

/** The project's app with another group for billing, which takes a new event source mapping. */
const app = new App();
createOrderEvents(
  app,
  readStageConfig((key): unknown => app.node.tryGetContext(key)),
  {
    ...topology,
    consumers: topology.consumers.map((consumer) =>
      consumer.name === 'billing'
        ? Object.assign({}, consumer, { consumerGroupId: consumerGroupId('billing-group-2') })
        : consumer,
    ),
  },
);
