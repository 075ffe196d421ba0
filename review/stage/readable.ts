import { at, isRecord, listAt, textAt } from '../../lib/guards/json-access.ts';
import type { Resource, Stage } from './stage.ts';

/** A function that formats a template's value as text; the resource is the owner of the value. */
export type Read = (value: unknown, of: Pick<Resource, 'stackName'>) => string;

type Intrinsic = (argument: unknown, stackName: string, read: (value: unknown) => string) => string;

/**
 * Formats any value of a stage's templates: references become resource names, also across stacks, and `{AccountId}`
 * stands for the stage's account.
 */
export function reader(stage: Stage): Read {
  const intrinsics: Readonly<Record<string, Intrinsic>> = {
    Ref: (argument, stackName) => nameOf(stage, stackName, String(argument)),
    'Fn::GetAtt': (argument, stackName) => attribute(stage, stackName, argument),
    'Fn::ImportValue': (argument) => exported(String(argument)),
    'Fn::GetStackOutput': (argument) => output(argument),
    'Fn::Join': (argument, _stackName, read) => {
      const [separator, parts] = Array.isArray(argument) ? (argument as unknown[]) : [];
      return (Array.isArray(parts) ? parts : []).map(read).join(String(separator));
    },
    'Fn::Sub': (argument, stackName) =>
      String(argument).replaceAll(/\$\{([^}]+)\}/g, (_match, reference: string) => {
        const [logicalId = '', ...rest] = reference.split('.');
        return rest.length === 0
          ? nameOf(stage, stackName, logicalId)
          : attribute(stage, stackName, [logicalId, rest.join('.')]);
      }),
    'Fn::Select': (argument, _stackName, read) => selected(argument, read),
  };
  const readIn = (value: unknown, stackName: string): string => {
    if (typeof value === 'string') return value;
    if (isRecord(value)) {
      const [[name, argument] = ['', undefined], ...further] = Object.entries(value);
      const intrinsic = further.length === 0 ? intrinsics[name] : undefined;
      if (intrinsic !== undefined) return intrinsic(argument, stackName, (inner) => readIn(inner, stackName));
    }
    return JSON.stringify(value) ?? 'nothing';
  };
  const exported = (name: string): string => {
    for (const { stackName, template } of stage.stacks) {
      const outputs = at(template, 'Outputs');
      for (const candidate of Object.values(isRecord(outputs) ? outputs : {}))
        if (textAt(candidate, 'Export', 'Name') === name) return readIn(at(candidate, 'Value'), stackName);
    }
    return `{import ${name}}`;
  };
  const output = (argument: unknown): string => {
    const stackName = textAt(argument, 'StackName') ?? '';
    const name = textAt(argument, 'OutputName') ?? '';
    const stack = stage.stacks.find((candidate) => candidate.stackName === stackName);
    const value = at(stack?.template, 'Outputs', name, 'Value');
    return value === undefined ? `{output ${stackName}.${name}}` : readIn(value, stackName);
  };
  return (value, { stackName }) => readIn(value, stackName);
}

/** Finds the resource that a value refers to, in its own stack or another one of the stage. */
export function referred(
  stage: Stage,
  value: unknown,
  of: Pick<Resource, 'stackName'>,
): Resource | undefined {
  const name = reader(stage)(value, of);
  return stage.resources.find((resource) => name === resource.name || name.startsWith(`${resource.name}.`));
}

function nameOf(stage: Stage, stackName: string, logicalId: string): string {
  if (logicalId.startsWith('AWS::')) return `{${logicalId.slice('AWS::'.length)}}`;
  const resource = stage.resources.find(
    (candidate) => candidate.stackName === stackName && candidate.logicalId === logicalId,
  );
  return resource?.name ?? `{${logicalId}}`;
}

/** Attributes that stand for the resource itself say no more than its name. */
function attribute(stage: Stage, stackName: string, argument: unknown): string {
  const [logicalId, name] = Array.isArray(argument) ? (argument as unknown[]) : [];
  const resource = nameOf(stage, stackName, String(logicalId));
  return typeof name !== 'string' || /Arn$|Id$/.test(name) ? resource : `${resource}.${name}`;
}

/** Part of a text that is known only after the deployment: its beginning is as good as its name. */
function selected(argument: unknown, read: (value: unknown) => string): string {
  const [index, list] = Array.isArray(argument) ? (argument as unknown[]) : [];
  if (Array.isArray(list)) return read((list as unknown[])[Number(index)]);
  const [separator, source] = listAt(list, 'Fn::Split');
  const parts = read(source).split(String(separator));
  return parts[Number(index)] ?? '…';
}
