import {
  intrinsicOf,
  isList,
  isObject,
  mapValues,
  type Json,
  type JsonObject,
  type Template,
} from './template.ts';

/** All outputs added for discovery begin so; an app's own outputs do not. */
const PREFIX = 'LocalDiscovery';
const FUNCTION = 'AWS::Lambda::Function';
const MAPPING = 'AWS::Lambda::EventSourceMapping';

/** What CloudFormation is asked to resolve about one resource. */
interface Question {
  readonly outputName: string;
  readonly logicalId: string;
  /** Undefined asks for the physical id, otherwise for the intrinsic function that stands at the path. */
  readonly path: string | undefined;
  readonly value: Json;
  /** The template's condition that the resource is made under; undefined for one that is always made. */
  readonly condition: string | undefined;
}

/**
 * The template with an output for each function's and mapping's physical id, and for each intrinsic function inside a
 * mapping's properties, so that CloudFormation itself resolves them.
 */
export function addDiscoveryOutputs(template: Template): Template {
  const outputs: Record<string, JsonObject> = { ...template.Outputs };
  for (const { outputName, value, condition } of questionsOf(template)) {
    outputs[outputName] = { Value: value, ...(condition === undefined ? {} : { Condition: condition }) };
  }
  return { ...template, Outputs: outputs };
}

export interface DiscoveredResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  /** A mapping's properties with every intrinsic function resolved; a function's as they stand in the template. */
  readonly properties: JsonObject;
}

/**
 * Reads the answers back. A resource whose condition does not hold is not among them.
 *
 * @param template - as it was given to addDiscoveryOutputs
 * @throws Error when an output is missing, which a stack deployed from that template cannot lack
 */
export function readDiscoveryOutputs(
  template: Template,
  outputs: Readonly<Record<string, string>>,
): DiscoveredResource[] {
  const questions = questionsOf(template).filter(
    ({ outputName, condition }) => condition === undefined || outputs[outputName] !== undefined,
  );
  return questions
    .filter(({ path }) => path === undefined)
    .map((question): DiscoveredResource => {
      const { logicalId } = question;
      const { Type: type = '', Properties: properties = {} } = template.Resources[logicalId] ?? {};
      const answers = new Map(
        questions
          .filter((other) => other.logicalId === logicalId && other.path !== undefined)
          .map((other) => [other.path, answerTo(other, outputs)]),
      );
      return {
        logicalId,
        type,
        physicalId: answerTo(question, outputs),
        properties: mapValues(properties, (value, key) => resolve(value, `/${key}`, answers)),
      };
    });
}

/** The outputs that the app's own templates declare. */
export const ownOutputs = (outputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(outputs).filter(([name]) => !name.startsWith(PREFIX)));

function answerTo({ outputName, logicalId }: Question, outputs: Readonly<Record<string, string>>): string {
  const answer = outputs[outputName];
  if (answer === undefined)
    throw new Error(`the stack lacks the output ${outputName} about ${logicalId}: deploy it again`);
  return answer;
}

function questionsOf(template: Template): Question[] {
  const questions: Question[] = [];
  const ask = (question: Omit<Question, 'outputName'>): void => {
    questions.push({ outputName: `${PREFIX}${questions.length}`, ...question });
  };
  for (const [logicalId, { Type, Properties, Condition: condition }] of Object.entries(template.Resources)) {
    const subject = { logicalId, condition };
    if (Type === FUNCTION || Type === MAPPING) {
      ask({ ...subject, path: undefined, value: { Ref: logicalId } });
    }
    if (Type !== MAPPING) continue;
    for (const { path, value } of intrinsicsIn(Properties)) ask({ ...subject, path, value });
  }
  return questions;
}

function intrinsicsIn(value: Json, path = ''): { path: string; value: Json }[] {
  if (intrinsicOf(value) !== undefined) return [{ path, value }];
  const children = isList(value) || isObject(value) ? Object.entries(value) : [];
  return children.flatMap(([key, child]) => intrinsicsIn(child, `${path}/${key}`));
}

function resolve(value: Json, path: string, answers: ReadonlyMap<string | undefined, string>): Json {
  if (intrinsicOf(value) !== undefined) return answers.get(path) ?? value;
  if (isList(value)) return value.map((item, index) => resolve(item, `${path}/${index}`, answers));
  return isObject(value)
    ? mapValues(value, (child, key) => resolve(child, `${path}/${key}`, answers))
    : value;
}
