import { basename } from 'node:path';
import { Stack } from 'aws-cdk-lib/core';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import { allGuards } from './all-guards.ts';
import type { Finding, Guard, KafkaFacts, Promises, Unanswered } from './guard.ts';
import { mappingFacts } from './mapping-facts.ts';
import { readApp } from './read-app.ts';
import type { StackFile } from './read-app.ts';
import type { Template } from './template.ts';
import { topicFacts } from './topic-facts.ts';

/**
 * Stops synthesis when a Kafka event source mapping or a topic has settings that CDK and CloudFormation accept, but
 * that lose records, stop processing, or have no effect. When a value is only known at deployment, the guard reports
 * this and does not stop.
 *
 * It reads synthesized templates only, so it serves any CDK app:
 *
 *     Validations.of(app).addPlugins(new KafkaGuards({ responseTimeHours: 72 }));
 */
export class KafkaGuards implements IPolicyValidationPlugin {
  readonly name = 'kafka-guards';
  readonly ruleIds = allGuards.map(({ id }) => id);
  readonly #promises: Promises;

  constructor(promises: Promises) {
    this.#promises = promises;
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const facts = kafkaFacts(readApp(stackFiles(context)));
    const answers = allGuards.flatMap((guard) =>
      guard.check(facts, this.#promises).map((answer) => ({ guard, answer })),
    );
    const violations = answers.flatMap(({ guard, answer }) =>
      'problem' in answer ? [violation(guard, answer)] : [],
    );
    const unknown = Object.fromEntries(
      answers.flatMap(({ guard, answer }) => ('problem' in answer ? [] : [unknownEntry(guard, answer)])),
    );
    return {
      success: violations.length === 0,
      violations,
      ...(Object.keys(unknown).length > 0 && { metadata: unknown }),
    };
  }
}

/** Reads the templates and the names of their stacks, which references to outputs of other stacks use. */
function stackFiles({ templatePaths, appConstruct }: IPolicyValidationContext): readonly StackFile[] {
  const stacks = appConstruct.node.findAll().filter((node) => Stack.isStack(node));
  const names = new Map(stacks.map(({ templateFile, stackName }) => [templateFile, stackName]));
  return templatePaths.map((path) => ({ path, stackName: names.get(basename(path)) }));
}

/** Describes a rule that can only be checked at deployment. */
const unknownEntry = (
  guard: Guard,
  { resource, unknownProperty }: Unanswered,
): readonly [about: string, says: string] => [
  `${guard.id} at ${resource.constructPath}`,
  `unknown: ${unknownProperty} is only known when it is deployed. ${guard.rule}`,
];

function kafkaFacts(templates: readonly Template[]): KafkaFacts {
  const resources = templates.flatMap((template) => [...template.resources.values()]);
  return {
    mappings: resources.map(mappingFacts).filter((facts) => facts !== undefined),
    topics: resources.map(topicFacts).filter((facts) => facts !== undefined),
  };
}

function violation(guard: Guard, { resource, property, problem, fix }: Finding): PolicyViolation {
  return {
    ruleName: guard.id,
    description: `${property} ${problem}. ${guard.rule}`,
    fix,
    severity: 'error',
    violatingResources: [
      {
        resourceLogicalId: resource.logicalId,
        constructPath: resource.constructPath,
        templatePath: resource.template.path,
        locations: [property],
      },
    ],
  };
}
