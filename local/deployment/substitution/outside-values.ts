import type { AssemblyStack } from '../assembly/assembly.ts';
import type { TemplateFile } from '../assembly/nested-stacks.ts';
import {
  intrinsicOf,
  isList,
  isObject,
  mapValues,
  type Json,
  type JsonObject,
  type Template,
} from '../assembly/template.ts';
import { knownNames, type KnownNames } from './known-names.ts';
import { knownText } from './known-text.ts';

/** Values that an app imports from outside, and resources that the user leaves out. Serialisable. */
export interface OutsideValues {
  /** Values of template parameters, by `Name` or `Stack:Name`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Values of exports from another app's stacks, by the export's name. */
  readonly exports: Readonly<Record<string, string>>;
  /** Values of SSM parameters, by name. */
  readonly ssm: Readonly<Record<string, string>>;
  /** Logical ids, `<stack>/<logical id>`, resource types, or beginnings of types that end in `*`. */
  readonly leaveOut: readonly string[];
}

export const NO_OUTSIDE_VALUES: OutsideValues = { parameters: {}, exports: {}, ssm: {}, leaveOut: [] };

/** Fills the given values into a stack: parameters get them as defaults, and imports are replaced by them. */
export function withOutsideValues(
  stack: AssemblyStack,
  values: OutsideValues,
  region: string,
): AssemblyStack {
  const names = { stackName: stack.stackName, region };
  const given = parametersOf(stack.stackName, values);
  const template = { ...stack.template, ...withDefaults(stack.template, given) };
  return { ...stack, ...withImports({ ...stack, template }, values.exports, names) };
}

/** Returns the parameter values of a stack. A value for one stack overrides a value for all. */
const parametersOf = (stackName: string, { parameters }: OutsideValues): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(parameters).filter(([name]) => !name.includes(':')),
    ...Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
      name.startsWith(`${stackName}:`) ? [[name.slice(stackName.length + 1), value]] : [],
    ),
  ]);

function withDefaults(
  { Parameters }: Template,
  given: ReadonlyMap<string, string>,
): Pick<Template, 'Parameters'> {
  if (Parameters === undefined) return {};
  return {
    Parameters: mapValues(Parameters, (parameter, name) => {
      const value = given.get(name);
      return value === undefined ? parameter : { ...parameter, Default: value };
    }),
  };
}

interface Names {
  readonly stackName: string | undefined;
  readonly region: string;
}

function withImports<T extends TemplateFile>(
  file: T,
  exports: Readonly<Record<string, string>>,
  names: Names,
): T {
  const known = knownNames({ template: file.template, ...names });
  const replaced = (value: JsonObject): JsonObject => {
    const result = replaceImports(value, exports, known);
    return isObject(result) ? result : {};
  };
  const { Outputs, Resources } = file.template;
  return {
    ...file,
    template: {
      ...file.template,
      Resources: mapValues(Resources, (resource) => ({
        ...resource,
        Properties: replaced(resource.Properties),
      })),
      ...(Outputs && { Outputs: mapValues(Outputs, replaced) }),
    },
    nested: new Map(
      [...file.nested].map(([id, inner]) => [
        id,
        withImports(inner, exports, { ...names, stackName: undefined }),
      ]),
    ),
  };
}

function replaceImports(value: Json, exports: Readonly<Record<string, string>>, known: KnownNames): Json {
  const name = importedName(value, known);
  if (name !== undefined && exports[name] !== undefined) return exports[name];
  if (isList(value)) return value.map((item) => replaceImports(item, exports, known));
  return isObject(value) ? mapValues(value, (item) => replaceImports(item, exports, known)) : value;
}

function importedName(value: Json, known: KnownNames): string | undefined {
  const { name, argument } = intrinsicOf(value) ?? {};
  return name === 'Fn::ImportValue' ? knownText(argument, known) : undefined;
}

/** Names without a value in the app, which the endpoint or the user must provide. */
export interface MissingValues {
  /** `Stack:Name` of parameters without a value. */
  readonly parameters: readonly string[];
  readonly exports: readonly string[];
  readonly ssm: readonly string[];
}

/** A stack as it is deployed. Values that only a replaced resource needs do not count as missing. */
export type DeployableStack = TemplateFile & Pick<AssemblyStack, 'stackName' | 'toolkitParameters'>;

/** Finds the values that an app imports from outside. It does not know which of them the endpoint has. */
export function missingValues(stacks: readonly DeployableStack[], region: string): MissingValues {
  const scopes = stacks.flatMap((stack) => scopesOf(stack, { stackName: stack.stackName, region }));
  const exported = new Set(scopes.flatMap(exportsOf));
  const created = new Set(scopes.flatMap(createdSsmParameters));
  return {
    parameters: stacks.flatMap(parametersWithoutValue),
    exports: unique(scopes.flatMap(importsOf)).filter((name) => !exported.has(name)),
    ssm: unique(scopes.flatMap(usedSsmParameters)).filter((name) => !created.has(name)),
  };
}

interface Scope {
  readonly template: Template;
  readonly known: KnownNames;
}

const scopesOf = ({ template, nested }: TemplateFile, names: Names): readonly Scope[] => [
  { template, known: knownNames({ template, ...names }) },
  ...[...nested.values()].flatMap((inner) => scopesOf(inner, { ...names, stackName: undefined })),
];

const parametersWithoutValue = ({
  stackName,
  template,
  toolkitParameters,
}: DeployableStack): readonly string[] =>
  Object.entries(template.Parameters ?? {})
    .filter(([name, parameter]) => parameter['Default'] === undefined && !toolkitParameters.has(name))
    .map(([name]) => `${stackName}:${name}`);

const importsOf = ({ template, known }: Scope): readonly string[] =>
  [
    ...Object.values(template.Resources).map(({ Properties }) => Properties),
    ...Object.values(template.Outputs ?? {}),
  ].flatMap((value) => importedNames(value, known));

function importedNames(value: Json, known: KnownNames): readonly string[] {
  const name = importedName(value, known);
  if (name !== undefined) return [name];
  const children = isList(value) || isObject(value) ? Object.values(value) : [];
  return children.flatMap((child: Json) => importedNames(child, known));
}

const exportsOf = ({ template, known }: Scope): readonly string[] =>
  Object.values(template.Outputs ?? {}).flatMap(({ Export: exported }) =>
    isObject(exported) ? (knownText(exported['Name'], known) ?? []) : [],
  );

const createdSsmParameters = ({ template, known }: Scope): readonly string[] =>
  Object.values(template.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::SSM::Parameter' ? (knownText(Properties['Name'], known) ?? []) : [],
  );

/** Lists the SSM parameters that an app uses, without the version of the bootstrap resources, which the CDK adds. */
const usedSsmParameters = ({ template: { Parameters = {}, Resources } }: Scope): readonly string[] => [
  ...Object.entries(Parameters).flatMap(([name, { Type: type, Default: parameter }]) =>
    name !== 'BootstrapVersion' &&
    typeof type === 'string' &&
    type.startsWith('AWS::SSM::Parameter::Value') &&
    typeof parameter === 'string'
      ? [parameter]
      : [],
  ),
  ...[...JSON.stringify(Resources).matchAll(/\{\{resolve:ssm:([^:}"]+)(?::\d+)?\}\}/g)].map(
    ([, name = '']) => name,
  ),
];

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];
