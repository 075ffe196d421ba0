import type { Guard } from '../guard.ts';

export const minInSyncBelowReplication: Guard = {
  id: 'min-in-sync-below-replication',
  rule: 'A topic can be written with one broker down.',
  check: ({ topics }) =>
    topics.flatMap(({ resource, minInSync, replication }) =>
      minInSync === undefined || replication === undefined || minInSync < replication
        ? []
        : [
            {
              resource,
              property: 'min.insync.replicas',
              problem: `is ${minInSync} of ${replication} replicas: every broker that is patched stops the producers`,
              fix: `Set min.insync.replicas to at most ${replication - 1}.`,
            },
          ],
    ),
};
