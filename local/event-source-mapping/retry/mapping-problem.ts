/**
 * Why a mapping does not work, in Lambda's words.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-troubleshoot.html
 */
export type MappingProblem =
  | 'ESM_CONFIG_NOT_VALID'
  | 'EVENT_SOURCE_AUTHN_ERROR'
  | 'EVENT_SOURCE_AUTHZ_ERROR'
  | 'FUNCTION_CONFIG_NOT_VALID';

/** What errors say of themselves; of a topic that is not there the Kafka client says it by text alone. */
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
 * Which problem an error is a sign of, its causes and the errors that it is made of looked at too; `undefined` for one
 * that may pass by itself.
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

/** What an error says of itself. */
function wordsOf({ name, message, code, apiId, type }: KafkaError): readonly string[] {
  return [name, message, code, apiId, type].filter((word) => typeof word === 'string');
}
