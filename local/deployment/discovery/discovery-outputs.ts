import {
  isAskedInFull,
  questionsOf,
  withAbsent,
  withAnswers,
  PREFIX,
  type Clause,
  type Question,
} from './discovery-questions.ts';
import type { AbsentResources } from '../assembly/absent-resources.ts';
import { isObject, type JsonObject, type Template } from '../assembly/template.ts';

/**
 * Adds an output for each function's and mapping's physical id, and for each intrinsic function in a mapping's
 * properties. CloudFormation then resolves them.
 *
 * @param absent - the absent resources of the stack; their properties get outputs too
 */
export function addDiscoveryOutputs(template: Template, absent: AbsentResources = {}): Template {
  const outputs: Record<string, JsonObject> = { ...template.Outputs };
  const conditions: Record<string, JsonObject> = { ...template.Conditions };
  for (const { outputName, value, clauses } of questionsOf(template, absent)) {
    const condition = conditionOf(clauses);
    if (typeof condition === 'object') conditions[outputName] = condition;
    outputs[outputName] = {
      Value: value,
      ...(condition !== undefined && { Condition: typeof condition === 'string' ? condition : outputName }),
    };
  }
  return {
    ...template,
    Outputs: outputs,
    ...(Object.keys(conditions).length > 0 && { Conditions: conditions }),
  };
}

/** Returns the name of a condition: an existing one, a new one, or none. */
function conditionOf(clauses: readonly Clause[]): string | JsonObject | undefined {
  const [first, ...others] = clauses;
  if (first === undefined) return undefined;
  if (others.length > 0) return { 'Fn::And': clauses.map(clauseText) };
  return first.holds ? first.condition : clauseText(first);
}

const clauseText = ({ condition, holds }: Clause): JsonObject =>
  holds ? { Condition: condition } : { 'Fn::Not': [{ Condition: condition }] };

export interface DiscoveredResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  /** The properties of a mapping or an absent resource with every intrinsic function resolved, or of a function as the template has them. */
  readonly properties: JsonObject;
}

/**
 * Reads the added outputs. A resource whose condition is false is missing.
 *
 * @param template - the same as for addDiscoveryOutputs, and so are the absent resources
 * @throws Error when an output of that template is missing
 */
export function readDiscoveryOutputs(
  template: Template,
  outputs: Readonly<Record<string, string>>,
  absent: AbsentResources = {},
): DiscoveredResource[] {
  const resources = withAbsent(template, absent);
  const questions = questionsOf(template, absent).filter(
    ({ outputName, clauses }) => clauses.length === 0 || outputs[outputName] !== undefined,
  );
  return questions
    .filter(({ path }) => path === undefined)
    .map((question): DiscoveredResource => {
      const { logicalId } = question;
      const { Type: type = '', Properties: properties = {} } = resources[logicalId] ?? {};
      const answers = new Map(
        questions.flatMap((other): [string, string][] =>
          other.logicalId === logicalId && other.path !== undefined
            ? [[other.path, answerTo(other, outputs)]]
            : [],
        ),
      );
      const resolved = isAskedInFull(type, absent[logicalId]?.physicalId)
        ? withAnswers(properties, template, answers)
        : properties;
      return {
        logicalId,
        type,
        physicalId: answerTo(question, outputs),
        properties: isObject(resolved) ? resolved : {},
      };
    });
}

/** The outputs that the app's own templates declare. */
export const ownOutputs = (outputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(outputs).filter(([name]) => !name.startsWith(PREFIX)));

function answerTo({ outputName, logicalId }: Question, outputs: Readonly<Record<string, string>>): string {
  const answer = outputs[outputName];
  if (answer === undefined)
    throw new Error(
      `the endpoint's CloudFormation gave no value for output ${outputName}, which asks about ${logicalId}: delete the ` +
        'stack at the endpoint, and deploy it again',
    );
  return answer;
}
