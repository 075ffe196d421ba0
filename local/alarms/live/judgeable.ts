import type { Alarm } from '../alarm.ts';
import { alarmsIn } from '../composite/evaluate-rule.ts';
import { parseRule } from '../composite/parse-rule.ts';
import { parseExpression } from '../metric-math/parse-expression.ts';
import { readAlarms, type ResolvedResource } from '../read-alarms.ts';
import { statisticOf } from '../statistic.ts';

/** The alarms of templates that can be judged here, and why the others cannot. */
export interface Judgeable {
  readonly alarms: readonly Alarm[];
  readonly refused: readonly { readonly logicalId: string; readonly reason: string }[];
}

/** Sorts out which alarms can be judged. A composite alarm on one that cannot be cannot be judged either. */
export function judgeable(resources: readonly ResolvedResource[]): Judgeable {
  const read = resources.map((resource) => ({ logicalId: resource.logicalId, ...attempt(resource) }));
  const accepted = new Map(
    read.flatMap(({ logicalId, alarm }) => (alarm === undefined ? [] : [[logicalId, alarm] as const])),
  );
  const refused = read.flatMap(({ logicalId, reason }) =>
    reason === undefined ? [] : [{ logicalId, reason }],
  );
  for (;;) {
    const names = new Set([...accepted.values()].map(({ name }) => name));
    const dangling = [...accepted].flatMap(([logicalId, alarm]) => {
      const missing = namedBy(alarm).find((name) => !names.has(name));
      return missing === undefined
        ? []
        : [{ logicalId, reason: `it names the alarm ${missing}, which is not judged here` }];
    });
    if (dangling.length === 0) return { alarms: [...accepted.values()], refused };
    refused.push(...dangling);
    for (const { logicalId } of dangling) accepted.delete(logicalId);
  }
}

function attempt(resource: ResolvedResource): { readonly alarm?: Alarm; readonly reason?: string } {
  try {
    const [alarm] = readAlarms([resource]);
    if (alarm === undefined) return { reason: `${resource.type} is no alarm` };
    requireKnown(alarm);
    return { alarm };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws {Error} for a rule, an expression or a statistic that cannot be calculated. */
function requireKnown(alarm: Alarm): void {
  if (alarm.kind === 'composite') {
    parseRule(alarm.rule);
    return;
  }
  for (const query of alarm.queries) {
    if (query.kind === 'expression') parseExpression(query.expression);
    else statisticOf([{ at: 0, value: 0 }], query.statistic);
  }
}

function namedBy(alarm: Alarm): readonly string[] {
  if (alarm.kind === 'metric') return [];
  return [
    ...alarmsIn(parseRule(alarm.rule)),
    ...(alarm.suppressor === undefined ? [] : [alarm.suppressor.alarm]),
  ];
}
