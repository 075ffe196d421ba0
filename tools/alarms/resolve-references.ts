import { at, isRecord } from '../../lib/guards/json-access.ts';
import type { ResolvedResource } from '../../local/alarms/read-alarms.ts';

export interface SynthesizedTemplate {
  readonly stackName: string;
  readonly template: unknown;
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::URLSuffix': 'amazonaws.com',
};

/**
 * Puts a text in the place of every reference of the templates, as a deployment would: a resource is named by its own name where it
 * has one, or else by its logical id. The same reference becomes the same text everywhere, in an alarm and in what it watches.
 */
export function resolveReferences(templates: readonly SynthesizedTemplate[]): readonly ResolvedResource[] {
  const exports = exportsOf(templates);
  return templates.flatMap(({ template }) => {
    const resources = recordOf(at(template, 'Resources'));
    return Object.entries(resources).map(([logicalId, resource]) => ({
      logicalId,
      type: String(at(resource, 'Type')),
      properties: resolve(at(resource, 'Properties'), { resources, exports }),
    }));
  });
}

interface Surroundings {
  readonly resources: Readonly<Record<string, unknown>>;
  /** The values of exports, by their names, with the resources of the template that they stand in. */
  readonly exports: ReadonlyMap<
    string,
    { readonly value: unknown; readonly resources: Surroundings['resources'] }
  >;
}

function exportsOf(templates: readonly SynthesizedTemplate[]): Surroundings['exports'] {
  return new Map(
    templates.flatMap(({ template }) => {
      const resources = recordOf(at(template, 'Resources'));
      return Object.values(recordOf(at(template, 'Outputs'))).flatMap((output) => {
        const name = at(output, 'Export', 'Name');
        return typeof name === 'string' ? [[name, { value: at(output, 'Value'), resources }] as const] : [];
      });
    }),
  );
}

function resolve(value: unknown, surroundings: Surroundings): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => resolve(item, surroundings));
  if (!isRecord(value)) return value;
  const [only, ...others] = Object.entries(value);
  const intrinsic = only !== undefined && others.length === 0 ? INTRINSICS[only[0]] : undefined;
  if (only !== undefined && intrinsic !== undefined) return intrinsic(only[1], surroundings);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, surroundings)]));
}

const INTRINSICS: Readonly<Record<string, (argument: unknown, surroundings: Surroundings) => unknown>> = {
  Ref: (name, { resources }) => PSEUDO_PARAMETERS[String(name)] ?? nameOf(String(name), resources),
  'Fn::GetAtt': (argument, { resources }) => {
    const [logicalId = '', attribute = ''] = Array.isArray(argument) ? argument.map(String) : [];
    return attributeOf(logicalId, attribute, resources);
  },
  'Fn::Join': (argument, surroundings) => {
    const [separator, parts] = listOf(resolve(argument, surroundings));
    return listOf(parts).map(String).join(String(separator));
  },
  'Fn::Split': (argument, surroundings) => {
    const [separator, text] = listOf(resolve(argument, surroundings));
    return String(text).split(String(separator));
  },
  'Fn::Select': (argument, surroundings) => {
    const [index, items] = listOf(resolve(argument, surroundings));
    return listOf(items)[Number(index)];
  },
  'Fn::ImportValue': (argument, surroundings) => {
    const found = surroundings.exports.get(String(resolve(argument, surroundings)));
    return found === undefined ? String(argument) : resolve(found.value, { ...surroundings, ...found });
  },
};

/** What names a resource of its own choice, by property. */
const OWN_NAMES = ['AlarmName', 'QueueName', 'ClusterName', 'TopicName', 'FunctionName'];

function nameOf(logicalId: string, resources: Surroundings['resources']): string {
  const properties = recordOf(at(resources[logicalId], 'Properties'));
  const named = OWN_NAMES.map((name) => properties[name]).find((name) => typeof name === 'string');
  return typeof named === 'string' ? named : logicalId;
}

function attributeOf(logicalId: string, attribute: string, resources: Surroundings['resources']): string {
  const name = nameOf(logicalId, resources);
  if (at(resources[logicalId], 'Type') === 'AWS::CloudWatch::Alarm') {
    return `arn:aws:cloudwatch:us-east-1:111122223333:alarm:${name}`;
  }
  return attribute.endsWith('Name') ? name : `${name}.${attribute}`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
