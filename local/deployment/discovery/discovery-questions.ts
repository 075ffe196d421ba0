import type { AbsentResources } from '../assembly/absent-resources.ts';
import { intrinsicOf, isList, isObject, mapValues, type Json, type Template } from '../assembly/template.ts';

/** The prefix of all outputs and conditions that discovery adds. An app's own names do not have it. */
export const PREFIX = 'LocalDiscovery';
const FUNCTION = 'AWS::Lambda::Function';
const MAPPING = 'AWS::Lambda::EventSourceMapping';
/** The resource types whose physical ids are read. */
const ASKED_FOR: ReadonlySet<string> = new Set([FUNCTION, MAPPING, 'AWS::CloudFormation::Stack']);
/** The paths of list properties of a mapping. A function that may return text or a list returns a list there. */
const LIST_PATHS =
  /^\/(Topics|Queues|FunctionResponseTypes|MetricsConfig\/Metrics|SelfManagedEventSource\/Endpoints\/[^/]+)(\?(true|false))*$/;
/** The separator of list items in an output, which is text. It occurs in no topic, address or AWS resource name. */
const LIST_DELIMITER = '|';

/** A condition of the template, and its required value. */
export interface Clause {
  readonly condition: string;
  readonly holds: boolean;
}

/** One value of a resource for CloudFormation to resolve. */
export interface Question {
  readonly outputName: string;
  readonly logicalId: string;
  /** The path of the value; undefined asks for the physical id. */
  readonly path: string | undefined;
  readonly value: Json;
  /** The conditions that must all hold for the value to exist. */
  readonly clauses: readonly Clause[];
}

type Asked = Pick<Question, 'value' | 'clauses'> & { readonly path: string };

/** Lists the values to resolve for a template's functions and mappings, and for its absent resources. */
export function questionsOf(template: Template, absent: AbsentResources = {}): Question[] {
  const questions: Question[] = [];
  const outputs = new Map<string, string>();
  const ask = (question: Omit<Question, 'outputName'>): void => {
    const what = JSON.stringify([question.value, question.clauses]);
    // Many alarms refer to the same few resources.
    const outputName = outputs.get(what) ?? `${PREFIX}${outputs.size}`;
    outputs.set(what, outputName);
    questions.push({ outputName, ...question });
  };
  const resources = withAbsent(template, absent);
  for (const [logicalId, { Type, Properties, Condition: condition }] of Object.entries(resources)) {
    const clauses = condition === undefined ? [] : [{ condition, holds: true }];
    const absentId = absent[logicalId]?.physicalId;
    if (ASKED_FOR.has(Type) || absentId !== undefined) {
      ask({ logicalId, path: undefined, value: absentId ?? { Ref: logicalId }, clauses });
    }
    if (!isAskedInFull(Type, absentId)) continue;
    for (const asked of intrinsicsIn(Properties, { template, clauses, path: '' }))
      ask({ logicalId, ...asked });
  }
  return questions;
}

/** Tells whether all properties of a resource are resolved, not only its physical id. */
export const isAskedInFull = (type: string, absentId: string | undefined): boolean =>
  type === MAPPING || absentId !== undefined;

/** Lists the deployed resources and the absent ones. */
export const withAbsent = ({ Resources }: Template, absent: AbsentResources): Template['Resources'] => ({
  ...Resources,
  ...mapValues(absent, ({ resource }) => resource),
});

interface Place {
  readonly template: Template;
  readonly path: string;
  readonly clauses: readonly Clause[];
}

function intrinsicsIn(value: Json, place: Place): Asked[] {
  const { template, path, clauses } = place;
  if (isNoValue(value)) return [];
  const choice = choiceOf(value);
  if (choice !== undefined) {
    const { condition, yes, no } = choice;
    const held = [...clauses, { condition, holds: true }];
    const failed = [...clauses, { condition, holds: false }];
    return [
      { path: choicePath(path), value: 'true', clauses: held },
      ...intrinsicsIn(yes, { template, path: branchPath(path, true), clauses: held }),
      ...intrinsicsIn(no, { template, path: branchPath(path, false), clauses: failed }),
    ];
  }
  if (intrinsicOf(value) !== undefined) {
    return [{ path, clauses, value: isListValued(value, place) ? joined(value) : value }];
  }
  const children = isList(value) || isObject(value) ? Object.entries(value) : [];
  return children.flatMap(([key, child]) => intrinsicsIn(child, { ...place, path: `${path}/${key}` }));
}

const joined = (value: Json): Json => ({ 'Fn::Join': [LIST_DELIMITER, value] });

/** Returns a mapping's properties with the resolved values filled in. */
export function withAnswers(value: Json, template: Template, answers: ReadonlyMap<string, string>): Json {
  return resolve(value, '', { template, answers }) ?? null;
}

interface Answers {
  readonly template: Template;
  readonly answers: ReadonlyMap<string, string>;
}

/** Undefined stands for `AWS::NoValue`: the property does not exist. */
function resolve(value: Json, path: string, context: Answers): Json | undefined {
  const { template, answers } = context;
  if (isNoValue(value)) return undefined;
  const choice = choiceOf(value);
  if (choice !== undefined) {
    const holds = answers.has(choicePath(path));
    return resolve(holds ? choice.yes : choice.no, branchPath(path, holds), context);
  }
  if (intrinsicOf(value) !== undefined) {
    const answer = answers.get(path) ?? '';
    return isListValued(value, { template, path }) ? answer.split(LIST_DELIMITER) : answer;
  }
  const child = ([key, item]: readonly [string, Json]): [string, Json][] => {
    const resolved = resolve(item, `${path}/${key}`, context);
    return resolved === undefined ? [] : [[key, resolved]];
  };
  if (isList(value)) return Object.entries(value).flatMap((entry) => child(entry).map(([, item]) => item));
  return isObject(value) ? Object.fromEntries(Object.entries(value).flatMap(child)) : value;
}

const choicePath = (path: string): string => `${path}?`;
const branchPath = (path: string, holds: boolean): string => `${path}?${holds}`;

const isNoValue = (value: Json): boolean => isObject(value) && value['Ref'] === 'AWS::NoValue';

function choiceOf(value: Json): { condition: string; yes: Json; no: Json } | undefined {
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name !== 'Fn::If' || !isList(intrinsic.argument)) return undefined;
  const [condition, yes = null, no = null] = intrinsic.argument;
  return typeof condition === 'string' ? { condition, yes, no } : undefined;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const LIST_FUNCTIONS: ReadonlySet<string> = new Set(['Fn::Split', 'Fn::GetAZs', 'Fn::Cidr']);
/** The functions that return text or a list. `Fn::If` is resolved branch by branch, and all others return text. */
const EITHER: ReadonlySet<string> = new Set(['Fn::GetAtt', 'Fn::FindInMap', 'Fn::Transform']);

function isListValued(value: Json, { template, path }: Pick<Place, 'template' | 'path'>): boolean {
  const { name = '', argument } = intrinsicOf(value) ?? {};
  if (LIST_FUNCTIONS.has(name) || (EITHER.has(name) && LIST_PATHS.test(path))) return true;
  if (name === 'Fn::FindInMap') return isList(argument) && mapsToLists(argument[0], template);
  if (name !== 'Ref' || typeof argument !== 'string') return false;
  const type = template.Parameters?.[argument]?.['Type'];
  return typeof type === 'string' && (type === 'CommaDelimitedList' || /(^|<)List</.test(type));
}

/**
 * Returns the kind of a template mapping's values. Only CloudFormation may know the keys, but in practice all values
 * have one kind.
 */
function mapsToLists(map: Json | undefined, { Mappings = {} }: Template): boolean {
  const ofMap = typeof map === 'string' ? Mappings[map] : undefined;
  return Object.values(ofMap ?? {}).some((entry) => isObject(entry) && Object.values(entry).some(isList));
}
