import { at, isRecord, textAt } from '../../lib/guards/json-access.ts';

/** A synthesized template, as parsed JSON. */
export interface StackTemplate {
  readonly stackName: string;
  readonly template: unknown;
}

/** One resource of a stage's templates. */
export interface Resource {
  readonly stackName: string;
  readonly logicalId: string;
  /** Its construct path in the app, such as `consumers/Billing/Table`: the same for every stage. */
  readonly name: string;
  readonly type: string;
  readonly properties: unknown;
  /** CloudFormation's action when it is removed from the template; the default is deletion. */
  readonly onDeletion: string;
  /** CloudFormation's action for the old resource when it is replaced. */
  readonly onReplacement: string;
}

/** Everything that is deployed for one stage. */
export interface Stage {
  readonly name: string;
  readonly stacks: readonly StackTemplate[];
  readonly resources: readonly Resource[];
}

/** @param stacks the templates in the order in which they are deployed */
export function readStage(name: string, stacks: readonly StackTemplate[]): Stage {
  const prefix = commonPrefix(stacks.map(({ stackName }) => stackName));
  return { name, stacks, resources: stacks.flatMap((stack) => resourcesOf(stack, prefix)) };
}

export function ofType(stage: Stage, type: string): readonly Resource[] {
  return stage.resources.filter((resource) => resource.type === type);
}

function resourcesOf({ stackName, template }: StackTemplate, prefix: string): readonly Resource[] {
  const resources = at(template, 'Resources');
  return Object.entries(isRecord(resources) ? resources : {}).map(([logicalId, resource]) => ({
    stackName,
    logicalId,
    name: `${stackName.slice(prefix.length)}/${pathInStack(resource) ?? logicalId}`,
    type: textAt(resource, 'Type') ?? '',
    properties: at(resource, 'Properties'),
    onDeletion: textAt(resource, 'DeletionPolicy') ?? 'Delete',
    onReplacement: textAt(resource, 'UpdateReplacePolicy') ?? 'Delete',
  }));
}

/** Returns the construct's path without the stack, and without the CDK's own last part. */
function pathInStack(resource: unknown): string | undefined {
  const path = textAt(resource, 'Metadata', 'aws:cdk:path')?.split('/').slice(1);
  if (path === undefined || path.length === 0) return undefined;
  return (path.length > 1 && path.at(-1) === 'Resource' ? path.slice(0, -1) : path).join('/');
}

/** Finds the common prefix of all names, up to a dash: `order-events-dev-`. Empty for a single name. */
function commonPrefix(names: readonly string[]): string {
  const [first = '', ...others] = names;
  const parts = others.length === 0 ? [] : first.split(/(?<=-)/);
  let prefix = '';
  for (const part of parts) {
    if (!others.every((name) => name.startsWith(prefix + part))) break;
    prefix += part;
  }
  return prefix;
}
