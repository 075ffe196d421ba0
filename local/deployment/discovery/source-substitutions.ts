import type { DeployedEventSourceMapping } from './deployed-app.ts';
import type { Substitution } from '../substitution/plan-substitutions.ts';
import { isList, isObject, type JsonObject } from '../assembly/template.ts';

/** Lists the brokers of self-managed mappings that are replaced: all mappings poll the local ones. */
export const sourceSubstitutions = (
  mappings: readonly DeployedEventSourceMapping[],
  bootstrapServers: string,
): Substitution[] =>
  mappings.flatMap(({ stackName, logicalId, properties }): Substitution[] => {
    const named = selfManagedBrokers(properties);
    if (named === undefined) return [];
    const reason = `the local broker, ${bootstrapServers}, replaces its brokers, ${named}`;
    return [{ stackName, logicalId, type: 'AWS::Lambda::EventSourceMapping', action: 'stand-in', reason }];
  });

/** Reads the broker list. Templates and requests use different names for it. */
function selfManagedBrokers({ SelfManagedEventSource: source }: JsonObject): string | undefined {
  const endpoints = isObject(source) ? source['Endpoints'] : undefined;
  if (!isObject(endpoints)) return undefined;
  const brokers = Object.values(endpoints).find(isList);
  return brokers?.filter((broker) => typeof broker === 'string').join(', ');
}
