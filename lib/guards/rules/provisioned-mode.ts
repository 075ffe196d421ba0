import type { Guard } from '../guard.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html */
export const provisionedMode: Guard = {
  id: 'provisioned-mode',
  rule: 'Error controls, Kafka destinations and mapping logs need provisioned mode.',
  check: ({ mappings }) =>
    mappings.flatMap(({ resource, pollers, provisionedOnly }) =>
      pollers !== undefined || provisionedOnly.length === 0
        ? []
        : [
            {
              resource,
              property: 'ProvisionedPollerConfig',
              problem: `is missing, but ${provisionedOnly.join(', ')} would be without effect`,
              fix: 'Set ProvisionedPollerConfig, or take these properties out.',
            },
          ],
    ),
};
