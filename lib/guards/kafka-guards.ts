import { readFileSync } from 'node:fs';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import { allGuards } from './all-guards.ts';
import type { Finding, Guard, KafkaFacts, Promises } from './guard.ts';
import { mappingFacts } from './mapping-facts.ts';
import { readTemplate } from './template.ts';
import type { Template } from './template.ts';
import { topicFacts } from './topic-facts.ts';

/**
 * Stops synthesis when a Kafka event source mapping or a topic is set up in a way that CDK and CloudFormation accept
 * but that loses records, stands still, or does nothing.
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
    const facts = kafkaFacts(
      context.templatePaths.map((path) => readTemplate(path, JSON.parse(readFileSync(path, 'utf8')))),
    );
    const violations = allGuards.flatMap((guard) =>
      guard.check(facts, this.#promises).map((finding) => violation(guard, finding)),
    );
    return { success: violations.length === 0, violations };
  }
}

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
