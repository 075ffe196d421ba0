import { App } from 'aws-cdk-lib/core';
import { readStageConfig } from '../lib/config/read-stage-config.ts';
import { createOrderEvents } from '../lib/stacks/order-events.ts';
import { topology } from '../lib/topology/topology.ts';

const app = new App();
const config = readStageConfig((key): unknown => app.node.tryGetContext(key));
createOrderEvents(app, config, topology);
