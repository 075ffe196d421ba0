import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';

import type { AbsentMappings } from '../assembly/absent-mappings.ts';
import type { AssemblyStack } from '../assembly/assembly.ts';
import type { EndpointKind } from '../substitution/endpoint-kind.ts';
import { isKafkaMapping } from '../substitution/substitution-table.ts';
import { placeholderLiteral, type StandInValues } from '../substitution/literals.ts';
import { planSubstitutions, type Substitution } from '../substitution/plan-substitutions.ts';
import type { LiteralOf } from '../substitution/references.ts';
import { rewriteResource, rewriteTemplate } from '../substitution/rewrite-template.ts';
import { makeStandIn, type StandInTarget } from './stand-ins.ts';
import { SUBSTITUTION_TABLE } from '../substitution/substitution-table.ts';
import { requireKnownTypes } from '../substitution/supported-types.ts';
import type { Template } from '../assembly/template.ts';
import { optionalName } from '../substitution/required-literal.ts';

export interface SubstitutedStack {
  readonly stackName: string;
  readonly templateFile: string;
  /** The template that the endpoint can hold. */
  readonly template: Template;
  /** By logical id, the Kafka mappings that are not in that template and polled here all the same. */
  readonly absentMappings: AbsentMappings;
  readonly substitutions: readonly Substitution[];
}

export interface SubstitutionContext {
  readonly kind: EndpointKind;
  readonly cloudFormation: CloudFormationClient;
  readonly target: StandInTarget;
}

/**
 * Makes one stack deployable: asks the endpoint about the types that stay, makes the stand-ins, and puts literals where
 * something refers to a replaced resource.
 *
 * @throws Error when a type is known neither to the endpoint nor to the table; nothing has been made by then
 */
export async function substituteStack(
  stack: AssemblyStack,
  { kind, cloudFormation, target }: SubstitutionContext,
): Promise<SubstitutedStack> {
  const { stackName, templateFile, template } = stack;
  const planned = planSubstitutions(stack, SUBSTITUTION_TABLE, kind);
  const replaced = new Set(planned.map(({ logicalId }) => logicalId));
  await requireKnownTypes(cloudFormation, {
    stackName,
    template: rewriteTemplate(template, { replaced, literalOf: nothing }),
  });

  const values = new Map<string, StandInValues>();
  const substitutions: Substitution[] = [];
  for (const substitution of planned) {
    const made = await makeStandIn(substitution, stack, target);
    if (made !== undefined) values.set(substitution.logicalId, made.values);
    substitutions.push(made === undefined ? substitution : { ...substitution, reason: made.reason });
  }
  const literalOf = literals(stack, { planned, standIns: values, region: target.region });
  return {
    stackName,
    templateFile,
    template: rewriteTemplate(template, { replaced, literalOf }),
    absentMappings: absentMappings(template, replaced, literalOf),
    substitutions,
  };
}

const nothing: LiteralOf = () => undefined;

interface Stands {
  readonly planned: readonly Substitution[];
  readonly standIns: ReadonlyMap<string, StandInValues>;
  readonly region: string;
}

function literals(stack: AssemblyStack, { planned, standIns, region }: Stands): LiteralOf {
  const types = new Map(planned.map(({ logicalId, type }) => [logicalId, type]));
  return (logicalId, attribute) => {
    const type = types.get(logicalId);
    if (type === undefined) return undefined;
    const values = standIns.get(logicalId);
    const real = attribute === undefined ? values?.ref : values?.attributes[attribute];
    const { stackName } = stack;
    const name = optionalName({ ...stack, region, logicalId });
    return real ?? placeholderLiteral({ stackName, logicalId, type, region, name }, attribute);
  };
}

function absentMappings(
  template: Template,
  replaced: ReadonlySet<string>,
  literalOf: LiteralOf,
): AbsentMappings {
  const absent = Object.entries(template.Resources).filter(
    ([logicalId, { Type, Properties }]) =>
      replaced.has(logicalId) && Type === 'AWS::Lambda::EventSourceMapping' && isKafkaMapping(Properties),
  );
  return Object.fromEntries(
    absent.map(([logicalId, resource]) => [
      logicalId,
      {
        uuid: String(literalOf(logicalId)),
        resource: rewriteResource(resource, { replaced, literalOf }),
      },
    ]),
  );
}
