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

/** Kafka's lowest session timeout by default; a lost member's partitions move after it. */
const SESSION_TIMEOUT_MS = 6_000;
/** Longer than the session timeout, so that the partitions of a lost poller are seen at the other members. */
const REPLACE_AFTER_MS = 12_000;

/** A mapping to create: as a template or a CreateEventSourceMapping request writes it, intrinsic functions resolved. */
export interface MappingRequest {
  /** The mapping's UUID. */
  readonly mappingId: string;
  /** What a person calls the mapping; absent: its UUID. */
  readonly name?: string;
  readonly properties: unknown;
  /** The function's timeout, where it is known. */
  readonly functionTimeoutSeconds?: number;
}

/** What a mapping runs in. */
export interface MappingSurroundings {
  /** Kafka bootstrap servers, comma-joined: those that are polled, whatever the mapping's source says. */
  readonly bootstrapServers: string;
  readonly lambdaEndpoint: string;
  readonly awsEndpoint: string;
  readonly region: string;
  readonly options: EmulatorOptions;
  readonly log: (line: string) => void;
  /** Absent: mappings write no system log. */
  readonly systemLog?: MappingObserver;
  /** Absent: nobody hears of the calls. */
  readonly called?: CallObserver;
}

/**
 * Reads a mapping, refusing what Lambda refuses.
 *
 * @param others - the mappings that exist already.
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
 * Starts the pollers of a mapping. Where its topic does not exist, one poller says so and tries again until it does:
 * what is wrong with a source is told by the mapping, not by the answer to its creation. AWS documents that much, but
 * no word of topics.
 *
 * @throws {Error} when the brokers cannot be asked.
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

/** Of a topic that is not there yet, one is known: it has at least one. Scaling sees the others. */
async function knownPartitions(brokers: string[], topic: string): Promise<number> {
  try {
    const kafka = kafkaClient({ clientId: 'event-source-mapping', brokers });
    return await withAdmin(kafka, (admin) => partitionCount(admin, topic));
  } catch (cause) {
    if (problemOf(cause) === 'ESM_CONFIG_NOT_VALID') return 1;
    throw new Error(`Topic ${topic} cannot be read from ${brokers.join(',')}: see the cause.`, { cause });
  }
}
