import { unanswered } from '../guard.ts';
import type { Guard } from '../guard.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html */
export const provisionedMode: Guard = {
  id: 'provisioned-mode',
  rule: 'Error controls, Kafka destinations and mapping logs need provisioned mode.',
  check: ({ mappings }) =>
    mappings.flatMap(({ resource, pollers, provisionedOnly }) => {
      if (provisionedOnly.length === 0) return [];
      if (pollers.kind === 'unknown') return unanswered(resource, 'ProvisionedPollerConfig');
      if (pollers.kind === 'known' && !pollers.value.isEmpty) return [];
      const state = pollers.kind === 'known' ? 'is empty' : 'is missing';
      return [
        {
          resource,
          property: 'ProvisionedPollerConfig',
          problem: `${state}, but ${provisionedOnly.join(', ')} would be without effect`,
          fix: 'Set MinimumPollers and MaximumPollers in ProvisionedPollerConfig, or take these properties out.',
        },
      ];
    }),
};
