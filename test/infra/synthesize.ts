import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib/core';
import { dev } from '../../lib/config/dev.ts';
import type { StageConfig } from '../../lib/config/stage-config.ts';
import { createOrderEvents } from '../../lib/stacks/order-events.ts';
import { topology } from '../../lib/topology/topology.ts';
import { recordAt, resourcesOf, type SynthesizedResource } from '../../tools/judges/template-resources.ts';

export interface SynthesizedStack {
  readonly template: unknown;
  readonly resources: readonly SynthesizedResource[];
  /** What synthesis has to say about the stack. */
  readonly messages: readonly unknown[];
  /** Names of the stacks that must be deployed first. */
  readonly after: readonly string[];
  /** `aws://<account>/<region>` */
  readonly environment: string;
  readonly terminationProtection: boolean;
}

export type SynthesizedStacks = Readonly<Record<'streaming' | 'consumers' | 'operations', SynthesizedStack>>;

/** An app with the context of cdk.json, but without bundling: assets are not what most of these tests are about. */
export function testApp(context: Readonly<Record<string, unknown>> = {}): App {
  return new App({
    context: {
      ...recordAt(JSON.parse(readFileSync('cdk.json', 'utf8')), 'context'),
      'aws:cdk:bundling-stacks': [],
      'aws:cdk:enable-path-metadata': true,
      ...context,
    },
  });
}

export function synthesize(config: StageConfig = dev): SynthesizedStacks {
  const app = testApp();
  const stacks = createOrderEvents(app, config, topology);
  const assembly = app.synth();
  const view = (name: string): SynthesizedStack => {
    const artifact = assembly.getStackByName(name);
    const template: unknown = artifact.template;
    const after = artifact.dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets'));
    return {
      template,
      resources: resourcesOf(template),
      messages: artifact.messages,
      after,
      environment: artifact.environment.name,
      terminationProtection: artifact.terminationProtection ?? false,
    };
  };
  return {
    streaming: view(stacks.streaming.stackName),
    consumers: view(stacks.consumers.stackName),
    operations: view(stacks.operations.stackName),
  };
}

export function ofType(stack: SynthesizedStack, type: string): readonly SynthesizedResource[] {
  return stack.resources.filter((resource) => resource.type === type);
}

/** The only resource of a type, or the only one whose construct path holds the text. */
export function only(stack: SynthesizedStack, type: string, pathPart = ''): SynthesizedResource {
  const found = ofType(stack, type).filter(({ path }) => path.includes(pathPart));
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`${found.length} resources of type ${type} match "${pathPart}"; expected one.`);
  }
  return first;
}
