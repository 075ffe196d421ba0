/**
 * The default quotas of Amazon MSK, for clusters with KRaft. If your account's broker quotas are raised, raise them
 * here, too.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html
 */
export const mskQuotas = {
  brokersInCluster: 60,
  /** Of Standard brokers, in one region. */
  brokersInAccount: 90,
  /** Storage of a Standard broker. */
  brokerGibibytes: { minimum: 1, maximum: 16_384 },
} as const;
