import { Annotations } from 'aws-cdk-lib/core';
import type { Stack } from 'aws-cdk-lib/core';
import { exampleFields } from '../config/examples.ts';
import type { StageConfig } from '../config/stage-config.ts';

/** Warns about each field that still contains an example, at a deployment that allows examples. */
export function warnOfExamples(stack: Stack, config: StageConfig): void {
  for (const field of exampleFields(config))
    Annotations.of(stack).addWarningV2('order-events:example', field);
}
