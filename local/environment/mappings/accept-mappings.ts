import type { DeployedApp, DeployedEventSourceMapping } from '../../deployment/discovery/deployed-app.ts';
import { isKafkaMapping } from '../../deployment/substitution/substitution-table.ts';
import type { Substitution } from '../../deployment/substitution/plan-substitutions.ts';
import type { EmulatorOptions } from '../../event-source-mapping/configuration/emulator-options.ts';
import type { EventSourceMappingSpec } from '../../event-source-mapping/configuration/event-source-mapping-spec.ts';
import { readMapping } from '../../event-source-mapping/supervisor/start-mapping.ts';
import { findInvokedFunction, type InvokedFunction, type Invoker } from '../app/invoked-function.ts';

/** A mapping that Lambda would accept, ready to start. */
export interface AcceptedMapping {
  readonly mappingId: string;
  readonly functionArn: string;
  readonly spec: EventSourceMappingSpec;
  readonly invoker: Invoker;
}

/** The Kafka mappings of an app: those that can start, and notes for the user about the others and their functions. */
export interface AcceptedMappings {
  readonly accepted: readonly AcceptedMapping[];
  readonly notes: readonly Substitution[];
}

export interface AcceptanceOptions {
  readonly invoke: Invoker;
  readonly emulator: EmulatorOptions;
}

/**
 * Reads the Kafka mappings of an app. Mappings of other sources, such as queues, are left to the endpoint. A mapping
 * whose function cannot run here is rejected, and the others run.
 *
 * @throws {Error} when there is no mapping, Lambda would reject one, or no function can run. No mapping polls then.
 */
export function acceptMappings(app: DeployedApp, options: AcceptanceOptions): AcceptedMappings {
  const ofKafka = app.eventSourceMappings.filter(({ properties }) => isKafkaMapping(properties));
  if (ofKafka.length === 0) {
    throw new Error(
      'The app has no event source mapping for Kafka, managed or self-managed, so there is nothing to poll: add one and synthesize again.',
    );
  }
  const accepted: AcceptedMapping[] = [];
  const notes: Substitution[] = [];
  for (const deployed of ofKafka) {
    const invoked = findInvokedFunction(functionOf(deployed), { ...app, invoke: options.invoke });
    notes.push(...noteOn(deployed, invoked));
    if (!invoked.ok) continue;
    const others = accepted.map(({ spec }) => spec);
    accepted.push(acceptMapping(deployed, invoked.value, { others, emulator: options.emulator }));
  }
  if (accepted.length > 0) return { accepted, notes };
  throw new Error(
    ['No mapping of the app can run:', ...notes.map((note) => `  ${nameOf(note)}: ${note.reason}`)].join(
      '\n',
    ),
  );
}

const nameOf = ({ stackName, logicalId }: Pick<Substitution, 'stackName' | 'logicalId'>): string =>
  `${stackName}/${logicalId}`;

function functionOf({ properties, ...mapping }: DeployedEventSourceMapping): string {
  const reference = properties['FunctionName'];
  if (typeof reference === 'string') return reference;
  throw new TypeError(`Event source mapping ${nameOf(mapping)} names no function: set its FunctionName.`);
}

function noteOn(
  { stackName, logicalId }: DeployedEventSourceMapping,
  invoked: ReturnType<typeof findInvokedFunction>,
): readonly Substitution[] {
  const about = { stackName, logicalId, type: 'AWS::Lambda::EventSourceMapping' };
  if (!invoked.ok) return [{ ...about, action: 'left out', reason: invoked.error }];
  const { reason } = invoked.value;
  if (reason === undefined) return [];
  const type = 'the function of AWS::Lambda::EventSourceMapping';
  return [{ ...about, type, action: 'stand-in', reason: `the endpoint's own Lambda runs it: ${reason}` }];
}

interface Surroundings {
  readonly others: readonly EventSourceMappingSpec[];
  readonly emulator: EmulatorOptions;
}

function acceptMapping(
  { stackName, logicalId, uuid: mappingId, properties }: DeployedEventSourceMapping,
  { functionName, functionArn, timeoutSeconds, invoker }: InvokedFunction,
  { others, emulator }: Surroundings,
): AcceptedMapping {
  const request = {
    mappingId,
    name: `${stackName}/${logicalId}`,
    properties: { ...properties, FunctionName: functionName },
    ...(timeoutSeconds === undefined ? {} : { functionTimeoutSeconds: timeoutSeconds }),
  };
  return { mappingId, functionArn, spec: readMapping(request, others, emulator), invoker };
}
