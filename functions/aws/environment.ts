import * as z from 'zod/mini';
import type { RunPolicy } from '../kafka/run-policy.ts';
import { isCurrencyCode } from '../kernel/currency.ts';

const REQUIRED = 'required, a text';

const text = z.string(REQUIRED).check(z.minLength(1, REQUIRED));

/** For functions that read or write amounts. */
export const stageCurrency = {
  /** ISO 4217; what amounts of the shortest order and of test orders are in. */
  CURRENCY: z.pipe(
    text,
    z.transform((code, context) => {
      if (isCurrencyCode(code)) return code;
      context.issues.push({ code: 'custom', message: 'an ISO 4217 code such as EUR', input: code });
      return z.NEVER;
    }),
  ),
};

const OBJECTIVE_SECONDS = 'required, seconds from 1';
const COUNT = 'required, a whole number from 1';
const MILLISECONDS = 'required, whole milliseconds from 0';

const count = z.coerce.number(COUNT).check(z.int(COUNT), z.minimum(1, COUNT));

/** The settings that every consumer function has, by the names of their environment variables. */
export const consumerEnvironment = {
  CONSUMER_GROUP_ID: text,
  TABLE_NAME: text,
  /** Of the consumer's own dead-letter queue. */
  DLQ_URL: z.url('required, a URL'),
  /** How soon an order is promised to take effect. */
  EFFECT_OBJECTIVE_SECONDS: z.coerce.number(OBJECTIVE_SECONDS).check(z.minimum(1, OBJECTIVE_SECONDS)),
  /** The three of its pace: see {@link runPolicyOf}. */
  MAX_CONCURRENT_RUNS: count,
  MAX_RECORDS_PER_RUN: count,
  MIN_REMAINING_MS: z.coerce.number(MILLISECONDS).check(z.int(MILLISECONDS), z.minimum(0, MILLISECONDS)),
  ...stageCurrency,
  /** Set by Lambda. */
  AWS_LAMBDA_FUNCTION_VERSION: text,
};

export type ConsumerEnvironment = z.infer<z.ZodMiniObject<typeof consumerEnvironment>>;

/** How a function works through a batch, as the topology says. */
export function runPolicyOf(environment: ConsumerEnvironment): RunPolicy {
  return {
    maxConcurrentRuns: environment.MAX_CONCURRENT_RUNS,
    maxRecordsPerRun: environment.MAX_RECORDS_PER_RUN,
    minRemainingMs: environment.MIN_REMAINING_MS,
  };
}

const SECURITY_PROTOCOL = 'required, SASL_SSL or PLAINTEXT';

/** For functions that speak Kafka themselves. */
export const kafkaEnvironment = {
  CLUSTER_ARN: text,
  TOPIC_NAME: text,
  /** `SASL_SSL` means TLS with IAM authentication. */
  KAFKA_SECURITY_PROTOCOL: z.enum(['SASL_SSL', 'PLAINTEXT'], SECURITY_PROTOCOL),
  /** Set by Lambda. */
  AWS_REGION: text,
};

const MAX_TTL_DAYS = 3_650;

const TTL_DAYS = 'required, whole days from 1 to 3650';

/** For consumers whose items expire: no sooner than their records can come again. */
export const itemLifetime = {
  ITEM_TTL_DAYS: z.coerce
    .number(TTL_DAYS)
    .check(z.int(TTL_DAYS), z.minimum(1, TTL_DAYS), z.maximum(MAX_TTL_DAYS, TTL_DAYS)),
};

const GROUPS = 'required, a JSON list of groupId and maximumPollers';
const RETENTION_HOURS = 'required, hours from 1';

/** For the sampler: the groups that it looks at, and how long the topic keeps a record. */
export const samplerEnvironment = {
  SAMPLED_GROUPS: z.pipe(
    z.pipe(
      text,
      z.transform((value, context): unknown => {
        try {
          return JSON.parse(value);
        } catch {
          context.issues.push({ code: 'custom', message: GROUPS, input: value });
          return z.NEVER;
        }
      }),
    ),
    z.array(z.object({ groupId: text, maximumPollers: z.int(GROUPS).check(z.minimum(1, GROUPS)) }), GROUPS),
  ),
  TOPIC_RETENTION_HOURS: z.coerce.number(RETENTION_HOURS).check(z.minimum(1, RETENTION_HOURS)),
};

/**
 * Reads the settings of a function, once, at its cold start.
 * @throws Error that names each variable that is missing or not valid; values are not quoted.
 */
export function readEnvironment<S extends z.core.$ZodShape>(
  shape: S,
  environment: Readonly<Record<string, string | undefined>>,
): z.infer<z.ZodMiniObject<S>> {
  const parsed = z.safeParse(z.object(shape), environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`Set these environment variables of the function: ${problems.join('; ')}.`);
}
