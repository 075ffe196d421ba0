import { openTopicReader, readGroups, readPartitionRanges } from '@order-events/kafka-tools';
import { controlClient } from '#msk-local/environment/control/control-client.ts';
import type { EnvironmentDescription } from '#msk-local/environment/control/environment-description.ts';
import type { ConsoleSources } from '../../console/ports.ts';
import type { Target } from '../connection/target.ts';
import { readAlarms } from './console-alarms.ts';
import { readFindings } from './console-findings.ts';
import { consoleLetters } from './console-letters.ts';
import { readOrderEffects } from './order-effects.ts';

/** Returns the console's sources of data about the local environment. */
export function consoleSources(environment: EnvironmentDescription, target: Target): ConsoleSources {
  const control = controlClient(environment);
  return {
    topic: target.outputs.topicName,
    groups: async () =>
      readGroups(await target.kafka(), (topic) => readPartitionRanges(topic, target.brokers)),
    mappings: () => control.mappings(),
    callsSince: (revision) => control.callsSince(revision),
    records: openTopicReader(target.outputs.topicName, target.brokers),
    effects: (orderId) => readOrderEffects(target, orderId),
    letters: consoleLetters(target),
    alarms: () => readAlarms(target),
    findings: (groups) => readFindings(target, groups),
  };
}
