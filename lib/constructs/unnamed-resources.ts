import { Validations } from 'aws-cdk-lib/core';
import type { ManagedPolicy } from 'aws-cdk-lib/aws-iam';

/**
 * Acknowledges that a policy must name every resource for some calls: those for network interfaces, and for text
 * messages.
 */
export function acknowledgeUnnamedResources(policy: ManagedPolicy): void {
  Validations.of(policy).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason:
      'EC2 names no resource for a network interface before it exists, and SNS none for a phone number (topics are ' +
      'denied).',
  });
}
