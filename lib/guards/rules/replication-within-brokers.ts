import type { Guard } from '../guard.ts';

export const replicationWithinBrokers: Guard = {
  id: 'replication-within-brokers',
  rule: 'A topic has no more replicas than its cluster has brokers.',
  check: ({ topics }) =>
    topics.flatMap(({ resource, replication, brokers }) =>
      replication === undefined || brokers === undefined || replication <= brokers
        ? []
        : [
            {
              resource,
              property: 'ReplicationFactor',
              problem: `is ${replication}, but the cluster has ${brokers} brokers`,
              fix: `Lower the replication factor to ${brokers}, or add brokers.`,
            },
          ],
    ),
};
