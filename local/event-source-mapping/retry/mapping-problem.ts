/**
 * Lambda's codes for problems of a mapping.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-troubleshoot.html
 */
export type MappingProblem =
  | 'ESM_CONFIG_NOT_VALID'
  | 'EVENT_SOURCE_AUTHN_ERROR'
  | 'EVENT_SOURCE_AUTHZ_ERROR'
  | 'FUNCTION_CONFIG_NOT_VALID';

/** The identifying texts of errors. For a missing topic, the Kafka client has only a message. */
const SIGNS: readonly (readonly [sign: RegExp, problem: MappingProblem])[] = [
  [/^ResourceNotFoundException$/, 'FUNCTION_CONFIG_NOT_VALID'],
  [/^PLT_KFK_AUTHENTICATION$|^SASL_AUTHENTICATION_FAILED$/, 'EVENT_SOURCE_AUTHN_ERROR'],
  [/_AUTHORIZATION_FAILED$/, 'EVENT_SOURCE_AUTHZ_ERROR'],
  [
    /^UNKNOWN_TOPIC_OR_PARTITION$|^UNKNOWN_TOPIC_ID$|^INVALID_TOPIC_EXCEPTION$|^Unknown topic /,
    'ESM_CONFIG_NOT_VALID',
  ],
];

/**
 * Finds the problem that an error, one of its causes or one of its inner errors indicates; `undefined` for an error
 * that may be temporary.
 */
export function problemOf(error: unknown): MappingProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  const found = SIGNS.find(([sign]) => wordsOf(error).some((word) => sign.test(word)));
  if (found !== undefined) return found[1];
  const within = [error.cause, ...(error instanceof AggregateError ? (error.errors as unknown[]) : [])];
  return within.map(problemOf).find((problem) => problem !== undefined);
}

/** Kafka's own name for an error is its `apiId` in the poller's client, whose `code` is the kind, and its `type` in kafkajs. */
interface KafkaError extends Error {
  readonly code?: unknown;
  readonly apiId?: unknown;
  readonly type?: unknown;
}

/** Lists the identifying texts of an error. */
function wordsOf({ name, message, code, apiId, type }: KafkaError): readonly string[] {
  return [name, message, code, apiId, type].filter((word) => typeof word === 'string');
}
