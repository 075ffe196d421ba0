import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import type { IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';

/** The maximum size of Guard's output for one template: it describes every step of every check. */
const GUARD_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Creates the rule packs for every stack, each with complete messages. */
export function rulePacks(): readonly IPolicyValidationPlugin[] {
  return [
    new AwsSolutionsChecks(undefined, { verbose: true }),
    new NIST80053R5Checks(undefined, { verbose: true }),
    new PCIDSS321Checks(undefined, { verbose: true }),
    new ServerlessChecks(undefined, { verbose: true }),
    new CfnGuardValidator({ maxBuffer: GUARD_OUTPUT_BYTES }),
  ];
}
