import { LOCAL_ACCOUNT } from '../assembly/local-account.ts';
import { isObject, type Json, type Template } from '../assembly/template.ts';

/** The values of a stack's names that are known before CloudFormation runs. */
export interface KnownNames {
  /** The text of a parameter or pseudo parameter. */
  readonly text: (name: string) => string | undefined;
  /** A value of the template's mappings. */
  readonly mapped: (map: string, topKey: string, secondKey: string) => Json | undefined;
}

/** The sources of the values of a template's names. */
export interface NameSource {
  readonly template: Template;
  /** Undefined for a nested stack, which CloudFormation names. */
  readonly stackName: string | undefined;
  readonly region: string;
  /** Parameter values from the parent stack; undefined when only CloudFormation knows one. */
  readonly given?: ReadonlyMap<string, string | undefined>;
}

/** Builds the known names of a template. A parameter without a given value has its default. */
export function knownNames({ template, stackName, region, given = new Map() }: NameSource): KnownNames {
  const pseudoParameters = pseudoParametersOf(stackName, region);
  return {
    text: (name) => {
      if (pseudoParameters.has(name)) return pseudoParameters.get(name);
      return given.has(name) ? given.get(name) : defaultOf(name, template);
    },
    mapped: (map, topKey, secondKey) => {
      const ofMap = template.Mappings?.[map]?.[topKey];
      return isObject(ofMap) ? ofMap[secondKey] : undefined;
    },
  };
}

/**
 * Returns a parameter's default value; undefined for SSM types, whose default is a parameter's name and not its
 * value.
 */
function defaultOf(name: string, { Parameters = {} }: Template): string | undefined {
  const { Default: value, Type: type } = Parameters[name] ?? {};
  if (typeof type === 'string' && type.startsWith('AWS::SSM::')) return undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
const pseudoParametersOf = (
  stackName: string | undefined,
  region: string,
): ReadonlyMap<string, string | undefined> =>
  new Map([
    ['AWS::AccountId', LOCAL_ACCOUNT],
    ['AWS::Partition', 'aws'],
    ['AWS::Region', region],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', stackName],
  ]);
