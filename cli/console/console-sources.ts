import { openTopicReader, readGroups } from '@order-events/kafka-tools';
import { controlClient } from '#msk-local/environment/control/control-client.ts';
import type { EnvironmentDescription } from '#msk-local/environment/control/environment-description.ts';
import type { ConsoleSources } from '../../console/ports.ts';
import type { Target } from '../connection/target.ts';
import { readOrderEffects } from './order-effects.ts';

/** Returns the console's sources of data about the local environment. */
export function consoleSources(environment: EnvironmentDescription, target: Target): ConsoleSources {
  const control = controlClient(environment);
  return {
    topic: target.outputs.topicName,
    groups: async () => readGroups(await target.kafka()),
    mappings: () => control.mappings(),
    callsSince: (revision) => control.callsSince(revision),
    records: openTopicReader(target.outputs.topicName, target.brokers),
    effects: (orderId) => readOrderEffects(target, orderId),
  };
}
