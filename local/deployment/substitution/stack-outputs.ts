import {
  intrinsicOf,
  isList,
  isObject,
  mapValues,
  type Json,
  type JsonObject,
  type Template,
} from '../assembly/template.ts';
import type { StackTemplate } from './plan-substitutions.ts';

const WEAK_REFERENCE = 'Fn::GetStackOutput';

/**
 * Replaces `Fn::GetStackOutput` between stacks of the app with exports and imports, because an older CloudFormation
 * does not know it. A reference to a stack outside of the app stays.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function exportStackOutputs<Stack extends StackTemplate>(stacks: readonly Stack[]): Stack[] {
  const wanted = new Set<string>();
  const use = (value: Json): Json => withImports(value, stacks, wanted);
  const imported = stacks.map((stack) => withTemplate(stack, usedIn(stack.template, use)));
  return imported.map((stack) => withTemplate(stack, withExports(stack, wanted)));
}

const withTemplate = <Stack extends StackTemplate>(stack: Stack, template: Template): Stack => ({
  ...stack,
  template,
});

function usedIn({ Resources, Outputs, ...rest }: Template, use: (value: Json) => Json): Template {
  return {
    ...rest,
    Resources: mapValues(Resources, (resource) => ({
      ...resource,
      Properties: mapValues(resource.Properties, use),
    })),
    ...(Outputs && { Outputs: mapValues(Outputs, (output) => mapValues(output, use)) }),
  };
}

const exportName = (stackName: string, output: string): string => `${stackName}:${output}`;

function withImports(value: Json, stacks: readonly StackTemplate[], wanted: Set<string>): Json {
  const reference = weakReference(value);
  const target = stacks.find(({ stackName }) => stackName === reference?.stackName);
  const output = reference && target?.template.Outputs?.[reference.output];
  if (reference !== undefined && output !== undefined) {
    const own = ownExport(output);
    if (own !== undefined) return { 'Fn::ImportValue': own };
    const name = exportName(reference.stackName, reference.output);
    wanted.add(name);
    return { 'Fn::ImportValue': name };
  }
  if (isList(value)) return value.map((item) => withImports(item, stacks, wanted));
  return isObject(value) ? mapValues(value, (item) => withImports(item, stacks, wanted)) : value;
}

function withExports({ stackName, template }: StackTemplate, wanted: ReadonlySet<string>): Template {
  if (template.Outputs === undefined) return template;
  const outputs = mapValues(template.Outputs, (output, name) =>
    wanted.has(exportName(stackName, name))
      ? { ...output, Export: { Name: exportName(stackName, name) } }
      : output,
  );
  return { ...template, Outputs: outputs };
}

function weakReference(value: Json): { stackName: string; output: string } | undefined {
  const { name, argument } = intrinsicOf(value) ?? {};
  if (name !== WEAK_REFERENCE || !isObject(argument)) return undefined;
  const { StackName: stackName, OutputName: output } = argument;
  return typeof stackName === 'string' && typeof output === 'string' ? { stackName, output } : undefined;
}

/** Returns the existing export of an output, because an output can be exported only once. */
function ownExport({ Export: exported }: JsonObject): Json | undefined {
  return isObject(exported) ? exported['Name'] : undefined;
}
