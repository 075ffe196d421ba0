import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';

import type { AbsentResources } from '../assembly/absent-resources.ts';
import type { TemplateFile } from '../assembly/nested-stacks.ts';
import { isObject, type JsonObject, type Template } from '../assembly/template.ts';
import { customResourcesThatCannotRun, type ProviderSurroundings } from '../substitution/custom-resources.ts';
import { knownNames, type KnownNames } from '../substitution/known-names.ts';
import { knownText } from '../substitution/known-text.ts';
import { placeholderLiteral, type StandInValues } from '../substitution/literals.ts';
import { planSubstitutions, type Substitution } from '../substitution/plan-substitutions.ts';
import type { LiteralOf } from '../substitution/references.ts';
import { optionalName } from '../substitution/required-literal.ts';
import { rewriteResource, rewriteTemplate } from '../substitution/rewrite-template.ts';
import {
  isKafkaMapping,
  isKeptSchedule,
  matchesDeployments,
  SUBSTITUTION_TABLE,
} from '../substitution/substitution-table.ts';
import { requireKnownTypes } from '../substitution/supported-types.ts';
import { hasExpressBrokers, partitionsOfCluster } from './cluster-configuration.ts';
import { makeStandIn, type KnownStack, type StandInTarget } from './stand-ins.ts';

export interface SubstitutedStack extends TemplateFile {
  /** For a nested stack: the name of the stack that contains it, a slash, and its logical id there. */
  readonly stackName: string;
  /** The resources whose work is done locally although its template does not contain them, by logical id. */
  readonly absentResources: AbsentResources;
  /** The substitutions in the stack and its nested stacks. */
  readonly substitutions: readonly Substitution[];
  readonly nested: ReadonlyMap<string, SubstitutedStack>;
  /** The default partition counts of the clusters in the stack and its nested stacks, by ARN. */
  readonly defaultPartitions: ReadonlyMap<string, number>;
  /** The ARNs that stand for clusters with Express brokers. */
  readonly expressClusters: ReadonlySet<string>;
}

export interface SubstitutionContext extends ProviderSurroundings {
  readonly cloudFormation: CloudFormationClient;
  readonly target: StandInTarget;
  /** The resources that the user leaves out. */
  readonly leaveOut: readonly string[];
}

/** A stack before its substitution, and the known values of its names. */
type StackToSubstitute = TemplateFile & KnownStack;

/**
 * Makes one stack and its nested stacks deployable. Asks the endpoint about the remaining types, creates the
 * stand-ins, and replaces references to replaced resources with literals.
 *
 * @throws Error when neither the endpoint nor the table knows a type; nothing of the stack has been created by then
 */
export async function substituteStack(
  stack: StackToSubstitute,
  context: SubstitutionContext,
): Promise<SubstitutedStack> {
  const { stackName, templateFile, template } = stack;
  const { cloudFormation, target } = context;
  const planned = planSubstitutions(stack, {
    table: SUBSTITUTION_TABLE,
    endpoint: context.kind,
    leaveOut: context.leaveOut,
    fates: await customResourcesThatCannotRun(stack, context),
  });
  const replaced = new Set(planned.map(({ logicalId }) => logicalId));
  const kept = rewriteTemplate(template, { replaced, literalOf: nothing });
  await requireKnownTypes(cloudFormation, { stackName, template: kept });

  const made = await makeStandIns(planned, stack, target);
  const literalOf = literals(stack, { planned, standIns: made.values, region: target.region });
  const rewritten = rewriteTemplate(template, { replaced, literalOf });
  const nested = await substituteNested({ ...stack, template: rewritten }, context);
  const inner = [...nested.values()];
  return {
    stackName,
    templateFile,
    template: rewritten,
    absentResources: absentResources(template, planned, literalOf),
    nested,
    substitutions: [...made.substitutions, ...inner.flatMap(({ substitutions }) => substitutions)],
    defaultPartitions: new Map([
      ...defaultPartitionsOf(planned, stack, literalOf),
      ...inner.flatMap(({ defaultPartitions }) => Array.from(defaultPartitions)),
    ]),
    expressClusters: new Set([
      ...expressClustersOf(planned, stack, literalOf),
      ...inner.flatMap(({ expressClusters }) => Array.from(expressClusters)),
    ]),
  };
}

/** @param stack - with literals for references to replaced resources; its nested stacks may get them as parameters. */
async function substituteNested(
  { stackName, template, nested, known }: StackToSubstitute,
  context: SubstitutionContext,
): Promise<ReadonlyMap<string, SubstitutedStack>> {
  const substituted = new Map<string, SubstitutedStack>();
  for (const [logicalId, inner] of nested) {
    if (template.Resources[logicalId] === undefined) continue;
    const stack = {
      ...inner,
      stackName: `${stackName}/${logicalId}`,
      known: knownNames({
        template: inner.template,
        stackName: undefined,
        region: context.target.region,
        given: givenParameters(template, logicalId, known),
      }),
    };
    substituted.set(logicalId, await substituteStack(stack, context));
  }
  return substituted;
}

function givenParameters(
  template: Template,
  nestedId: string,
  known: KnownNames,
): ReadonlyMap<string, string | undefined> {
  const parameters = template.Resources[nestedId]?.Properties['Parameters'];
  const entries = isObject(parameters) ? Object.entries(parameters) : [];
  return new Map(entries.map(([name, value]) => [name, knownText(value, known)]));
}

interface MadeStandIns {
  readonly values: ReadonlyMap<string, StandInValues>;
  readonly substitutions: readonly Substitution[];
}

async function makeStandIns(
  planned: readonly Substitution[],
  stack: KnownStack,
  target: StandInTarget,
): Promise<MadeStandIns> {
  const values = new Map<string, StandInValues>();
  const substitutions: Substitution[] = [];
  for (const substitution of planned) {
    const made = await makeStandIn(substitution, stack, target);
    if (made !== undefined) values.set(substitution.logicalId, made.values);
    substitutions.push(made === undefined ? substitution : { ...substitution, reason: made.reason });
  }
  return { values, substitutions };
}

/** Reads `num.partitions` of a stack's clusters, by the ARN that stands for the cluster. */
const defaultPartitionsOf = (
  planned: readonly Substitution[],
  stack: KnownStack,
  literalOf: LiteralOf,
): readonly [arn: string, partitions: number][] =>
  planned.flatMap(({ logicalId, type }): [string, number][] => {
    const partitions = type === 'AWS::MSK::Cluster' ? partitionsOfCluster(stack, logicalId) : undefined;
    return partitions === undefined ? [] : [[String(literalOf(logicalId)), partitions]];
  });

const expressClustersOf = (
  planned: readonly Substitution[],
  stack: KnownStack,
  literalOf: LiteralOf,
): readonly string[] =>
  planned.flatMap(({ logicalId, type }) =>
    type === 'AWS::MSK::Cluster' && hasExpressBrokers(stack, logicalId) ? [String(literalOf(logicalId))] : [],
  );

const nothing: LiteralOf = () => undefined;

interface Stands {
  readonly planned: readonly Substitution[];
  readonly standIns: ReadonlyMap<string, StandInValues>;
  readonly region: string;
}

function literals(stack: KnownStack, { planned, standIns, region }: Stands): LiteralOf {
  const types = new Map(planned.map(({ logicalId, type }) => [logicalId, type]));
  return (logicalId, attribute) => {
    const type = types.get(logicalId);
    if (type === undefined) return undefined;
    const values = standIns.get(logicalId);
    const real = attribute === undefined ? values?.ref : values?.attributes[attribute];
    const { stackName } = stack;
    const name = optionalName({ ...stack, logicalId });
    return real ?? placeholderLiteral({ stackName, logicalId, type, region, name }, attribute);
  };
}

/** The types whose work is done locally when they are replaced. */
const WORKS_HERE: Readonly<Record<string, (properties: JsonObject) => boolean>> = {
  'AWS::Lambda::EventSourceMapping': isKafkaMapping,
  'AWS::CloudWatch::Alarm': () => true,
  'AWS::CloudWatch::CompositeAlarm': () => true,
  'AWS::Events::Rule': (properties) => isKeptSchedule(properties) || matchesDeployments(properties),
};

/** A resource that a person leaves out is not among them. */
function absentResources(
  { Resources }: Template,
  planned: readonly Substitution[],
  literalOf: LiteralOf,
): AbsentResources {
  const replaced = new Set(planned.map(({ logicalId }) => logicalId));
  const absent = planned.flatMap(({ logicalId, type, action }) => {
    const resource = Resources[logicalId];
    const works = resource !== undefined && WORKS_HERE[type]?.(resource.Properties) === true;
    return works && action === 'stand-in' ? [[logicalId, resource] as const] : [];
  });
  return Object.fromEntries(
    absent.map(([logicalId, resource]) => [
      logicalId,
      {
        physicalId: String(literalOf(logicalId)),
        resource: rewriteResource(resource, { replaced, literalOf }),
      },
    ]),
  );
}
