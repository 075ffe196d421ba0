import { kafkaClient, partitionCount, withAdmin } from '@order-events/kafka-tools';
import { validateCreate } from '../configuration/validate-create.ts';
import { parseEventSourceMapping } from '../configuration/parse-event-source-mapping.ts';
import type { EmulatorOptions } from '../configuration/emulator-options.ts';
import type { EventSourceMappingSpec } from '../configuration/event-source-mapping-spec.ts';
import type { NewMapping } from './event-source-mappings.ts';
import { MappingRejectedError } from '../configuration/mapping-rejected-error.ts';
import type { CallObserver, MappingObserver, MappingSupervisor } from './mapping-supervisor.ts';
import { startPoller } from './poller-child.ts';
import { pollerRange } from './poller-range.ts';
import { superviseMapping } from './supervise-mapping.ts';
import { problemOf } from '../retry/mapping-problem.ts';

/** The session timeout: the lowest that Kafka allows by default. A lost member's partitions move after it. */
const SESSION_TIMEOUT_MS = 6_000;
/**
 * The delay before a lost poller is replaced. It exceeds the session timeout, so that the partitions visibly move to
 * other members.
 */
const REPLACE_AFTER_MS = 12_000;

/** A mapping to create, as in a template or a CreateEventSourceMapping request, with resolved intrinsic functions. */
export interface MappingRequest {
  /** The mapping's UUID. */
  readonly mappingId: string;
  /** The mapping's name for the user; absent: its UUID. */
  readonly name?: string;
  readonly properties: unknown;
  /** The function's timeout, if known. */
  readonly functionTimeoutSeconds?: number;
}

/** The surroundings of a mapping. */
export interface MappingSurroundings {
  /** Kafka bootstrap servers to poll, comma-joined; they override the mapping's source. */
  readonly bootstrapServers: string;
  readonly lambdaEndpoint: string;
  /** Whose Invoke API that is: the one in front of processes on this machine, or an AWS endpoint's own. */
  readonly invoker: 'processes' | 'endpoint';
  readonly awsEndpoint: string;
  readonly region: string;
  readonly options: EmulatorOptions;
  readonly log: (line: string) => void;
  /** Absent: mappings write no system log. */
  readonly systemLog?: MappingObserver;
  /** Absent: calls are not reported. */
  readonly called?: CallObserver;
}

/**
 * Reads a mapping, and rejects what Lambda rejects.
 *
 * @param others - the existing mappings.
 * @throws {MappingRejectedError} with every problem found.
 */
export function readMapping(
  request: MappingRequest,
  others: readonly EventSourceMappingSpec[],
  options: EmulatorOptions,
): EventSourceMappingSpec {
  const { mappingId, name = mappingId, properties, functionTimeoutSeconds } = request;
  const spec = parseEventSourceMapping(properties, {
    mappingId,
    now: Date.now(),
    options,
    ...(functionTimeoutSeconds === undefined ? {} : { functionTimeoutSeconds }),
  });
  if (!spec.ok) throw new MappingRejectedError(name, spec.error);
  const problems = validateCreate(spec.value, others);
  if (problems.length > 0) throw new MappingRejectedError(name, problems);
  return spec.value;
}

/**
 * Starts the pollers of a mapping. If its topic does not exist, one poller reports it and tries again until it does.
 * Problems of a source are reported by the mapping and not by the answer to its creation. AWS documents this, but
 * does not mention topics.
 *
 * @throws {Error} when the brokers do not answer.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-troubleshoot.html
 */
export async function startMapping(
  mapping: NewMapping,
  { log, systemLog, called, ...surroundings }: MappingSurroundings,
): Promise<MappingSupervisor> {
  const { spec } = mapping;
  const brokers = surroundings.bootstrapServers.split(',');
  const { minimum } = pollerRange(spec.pollers, await knownPartitions(brokers, spec.topic));
  const settings = { ...surroundings, ...mapping, brokers, sessionTimeoutMs: SESSION_TIMEOUT_MS };
  return superviseMapping(settings, minimum, {
    startPoller: (poller, listener) => startPoller(poller, listener, Date.now),
    log,
    ...(systemLog === undefined ? {} : { systemLog }),
    ...(called === undefined ? {} : { called }),
    schedule: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
    replaceAfterMs: REPLACE_AFTER_MS,
  });
}

/**
 * Reads the partition count of a topic. A missing topic counts as one partition, because it will have at least one;
 * scaling sees the others.
 */
async function knownPartitions(brokers: string[], topic: string): Promise<number> {
  try {
    const kafka = kafkaClient({ clientId: 'event-source-mapping', brokers });
    return await withAdmin(kafka, (admin) => partitionCount(admin, topic));
  } catch (cause) {
    if (problemOf(cause) === 'ESM_CONFIG_NOT_VALID') return 1;
    throw new Error(`Topic ${topic} cannot be read from ${brokers.join(',')}: see the cause of this error.`, {
      cause,
    });
  }
}
