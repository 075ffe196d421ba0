import type { DeployedEventSourceMapping } from './deployed-app.ts';
import type { Substitution } from '../substitution/plan-substitutions.ts';
import { isList, isObject, type JsonObject } from '../assembly/template.ts';

/** What is done with the brokers that self-managed mappings name: all mappings poll the local ones. */
export const sourceSubstitutions = (
  mappings: readonly DeployedEventSourceMapping[],
  bootstrapServers: string,
): Substitution[] =>
  mappings.flatMap(({ stackName, logicalId, properties }): Substitution[] => {
    const named = selfManagedBrokers(properties);
    if (named === undefined) return [];
    const reason = `its brokers, ${named}, give way to the local broker, ${bootstrapServers}`;
    return [{ stackName, logicalId, type: 'AWS::Lambda::EventSourceMapping', action: 'stand-in', reason }];
  });

/** A template and a request write the name of the list each in its own way. */
function selfManagedBrokers({ SelfManagedEventSource: source }: JsonObject): string | undefined {
  const endpoints = isObject(source) ? source['Endpoints'] : undefined;
  if (!isObject(endpoints)) return undefined;
  const brokers = Object.values(endpoints).find(isList);
  return brokers?.filter((broker) => typeof broker === 'string').join(', ');
}
