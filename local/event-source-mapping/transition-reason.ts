/**
 * Why a mapping does not work, in Lambda's words.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-troubleshoot.html
 */
export type MappingProblem =
  | 'ESM_CONFIG_NOT_VALID'
  | 'EVENT_SOURCE_AUTHN_ERROR'
  | 'EVENT_SOURCE_AUTHZ_ERROR'
  | 'FUNCTION_CONFIG_NOT_VALID';

/** `USER_INITIATED`: nothing but a request brought the mapping where it is. */
export type TransitionReason = 'USER_INITIATED' | MappingProblem;

/** What errors say of themselves by name, Kafka error type or, in the Kafka client's log, by text alone. */
const SIGNS: readonly (readonly [sign: RegExp, problem: MappingProblem])[] = [
  [/^ResourceNotFoundException$/, 'FUNCTION_CONFIG_NOT_VALID'],
  [/^KafkaJSSASLAuthenticationError$|^SASL_AUTHENTICATION_FAILED$/, 'EVENT_SOURCE_AUTHN_ERROR'],
  [/_AUTHORIZATION_FAILED$|^Not authorized to access /, 'EVENT_SOURCE_AUTHZ_ERROR'],
  [
    /^UNKNOWN_TOPIC_OR_PARTITION$|^INVALID_TOPIC_EXCEPTION$|^This server does not host this topic-partition$/,
    'ESM_CONFIG_NOT_VALID',
  ],
];

/** Which problem an error is a sign of, its causes looked at too; `undefined` for one that may pass by itself. */
export function problemOf(error: unknown): MappingProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  const said = [error.name, error.message, 'type' in error ? String(error.type) : ''];
  const found = SIGNS.find(([sign]) => said.some((text) => sign.test(text)));
  return found?.[1] ?? problemOf(error.cause);
}
