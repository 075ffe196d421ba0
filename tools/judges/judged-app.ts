/**
 * The app of bin/app.ts with every rule pack, for `cdk synth --app`. Beside the templates it lists the acknowledged
 * rules with their places, so that unnecessary acknowledgements are found.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import { readStageConfig } from '../../lib/config/read-stage-config.ts';
import { createOrderEvents } from '../../lib/stacks/order-events.ts';
import { topology } from '../../lib/topology/topology.ts';
import { acknowledgedIn, acknowledgementsFile } from './acknowledgements.ts';
import { rulePacks } from './plugins.ts';

const app = new App();
const config = readStageConfig((key): unknown => app.node.tryGetContext(key));
createOrderEvents(app, config, topology);
Validations.of(app).addPlugins(...rulePacks());
writeFileSync(join(app.outdir, acknowledgementsFile), JSON.stringify(acknowledgedIn(app)));
