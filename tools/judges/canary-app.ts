/** Synthesizes the stack of planted faults under the same judges as the product. Ends with an error, as it must. */
import { readFileSync } from 'node:fs';
import { App, Validations } from 'aws-cdk-lib/core';
import { KafkaGuards } from '../../lib/guards/kafka-guards.ts';
import { recordAt } from './template-resources.ts';
import { CanaryStack } from './canary-stack.ts';
import { rulePacks } from './plugins.ts';

const app = new App({
  context: {
    ...recordAt(JSON.parse(readFileSync('cdk.json', 'utf8')), 'context'),
    'aws:cdk:enable-path-metadata': true,
  },
});
new CanaryStack(app, 'canary');
Validations.of(app).addPlugins(new KafkaGuards({ responseTimeHours: 1 }), ...rulePacks());
