import type { DeployedApp, DeployedEventSourceMapping } from '../../deployment/discovery/deployed-app.ts';
import { isKafkaMapping } from '../../deployment/substitution/substitution-table.ts';
import type { EmulatorOptions } from '../../event-source-mapping/configuration/emulator-options.ts';
import type { EventSourceMappingSpec } from '../../event-source-mapping/configuration/event-source-mapping-spec.ts';
import { readMapping } from '../../event-source-mapping/supervisor/start-mapping.ts';
import { findInvokedFunction } from '../app/invoked-function.ts';

/** A mapping that Lambda would take, ready to be started. */
export interface AcceptedMapping {
  readonly mappingId: string;
  readonly functionArn: string;
  readonly spec: EventSourceMappingSpec;
}

export interface AcceptanceOptions {
  readonly invoke: 'processes' | 'endpoint';
  readonly emulator: EmulatorOptions;
}

/**
 * Reads the Kafka mappings of an app. Those of other sources, such as queues, are the endpoint's own business.
 *
 * @throws {Error} when there is none, Lambda would refuse one of them, or its function cannot be invoked; none polls then.
 */
export function acceptMappings(app: DeployedApp, options: AcceptanceOptions): readonly AcceptedMapping[] {
  const ofKafka = app.eventSourceMappings.filter(({ properties }) => isKafkaMapping(properties));
  if (ofKafka.length === 0) {
    throw new Error(
      'The app holds no event source mapping of Kafka, managed or self-managed: there is nothing to poll.',
    );
  }
  const accepted: AcceptedMapping[] = [];
  for (const deployed of ofKafka) {
    const others = accepted.map(({ spec }) => spec);
    accepted.push(acceptMapping(deployed, { app, others, ...options }));
  }
  return accepted;
}

interface Surroundings extends AcceptanceOptions {
  readonly app: DeployedApp;
  readonly others: readonly EventSourceMappingSpec[];
}

function acceptMapping(
  { stackName, logicalId, uuid: mappingId, properties }: DeployedEventSourceMapping,
  { app: { functions, region }, others, invoke, emulator }: Surroundings,
): AcceptedMapping {
  const name = `${stackName}/${logicalId}`;
  const reference = properties['FunctionName'];
  if (typeof reference !== 'string') {
    throw new TypeError(`Event source mapping ${name} names no function: set its FunctionName.`);
  }
  const found = findInvokedFunction(reference, { functions, invoke, region });
  const { functionName, functionArn, timeoutSeconds } = found;
  const request = {
    mappingId,
    name,
    properties: { ...properties, FunctionName: functionName },
    ...(timeoutSeconds === undefined ? {} : { functionTimeoutSeconds: timeoutSeconds }),
  };
  return { mappingId, functionArn, spec: readMapping(request, others, emulator) };
}
