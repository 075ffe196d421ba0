import { App } from 'aws-cdk-lib/core';
import { isForReview, readStageConfig } from '../lib/config/read-stage-config.ts';
import { createOrderEvents } from '../lib/stacks/order-events.ts';
import { warnOfExamples } from '../lib/stacks/warn-of-examples.ts';
import { topology } from '../lib/topology/topology.ts';

const app = new App();
const context = (key: string): unknown => app.node.tryGetContext(key);
const config = readStageConfig(context);
const { operations } = createOrderEvents(app, config, topology);
if (!isForReview(context)) warnOfExamples(operations, config);
