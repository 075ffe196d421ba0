import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';
import type { ResourceHere } from '../../deployment/assembly/absent-resources.ts';
import { isList, isObject } from '../../deployment/assembly/template.ts';
import { parseFunctionReference } from '../../lambda/function-name.ts';

/** A function that a rule invokes every so many minutes. */
export interface Schedule {
  readonly rule: string;
  readonly functionName: string;
  readonly everyMinutes: number;
  /** JSON. */
  readonly input: string;
}

const RATE = /^rate\((?<count>\d+) (?<unit>minute|hour|day)s?\)$/;
const MINUTES = { minute: 1, hour: 60, day: 1_440 } as const;

/**
 * Reads what rules invoke: each of their targets that is a function which runs here.
 * @param functionNames - of those that run here.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function readSchedules(
  rules: readonly ResourceHere[],
  functionNames: ReadonlySet<string>,
): readonly Schedule[] {
  return rules.flatMap(({ logicalId, properties }) => {
    const { count, unit } = RATE.exec(textOf(properties['ScheduleExpression']))?.groups ?? {};
    const minutes = Object.entries(MINUTES).find(([name]) => name === unit)?.[1];
    const targets = properties['Targets'];
    if (minutes === undefined || targets === undefined || !isList(targets)) return [];
    return targets.flatMap((target): Schedule[] => {
      if (!isObject(target)) return [];
      const functionName = parseFunctionReference(textOf(target['Arn']))?.name ?? '';
      if (!functionNames.has(functionName)) return [];
      const input = typeof target['Input'] === 'string' ? target['Input'] : SCHEDULED_EVENT;
      return [{ rule: logicalId, functionName, everyMinutes: Number(count) * minutes, input }];
    });
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
const SCHEDULED_EVENT = JSON.stringify({
  version: '0',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  detail: {},
});

/** The schedules that are due in a minute, counted from 0. */
export const dueIn = (minute: number, schedules: readonly Schedule[]): readonly Schedule[] =>
  schedules.filter(({ everyMinutes }) => minute % everyMinutes === 0);

/** Invokes the function of a schedule, and waits for it. */
export type InvokeSchedule = (schedule: Schedule) => Promise<void>;

/** @param settings - of Lambda's Invoke API here. */
export function scheduleInvoker(settings: {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}): InvokeSchedule {
  const lambda = new LambdaClient({ ...settings, maxAttempts: 1 });
  return async ({ rule, functionName, input }) => {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(input) }),
    );
    if (FunctionError === undefined) return;
    const answer = Payload === undefined ? '' : Buffer.from(Payload).toString();
    throw new Error(`${functionName}, which the rule ${rule} invokes, failed: ${answer}`);
  };
}
