import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import type { IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';

/** What the answers of Guard about one template may take: it describes every step of every check. */
const guardOutputBytes = 64 * 1024 * 1024;

/** The rule packs that see every stack, each with messages in full. */
export function rulePacks(): readonly IPolicyValidationPlugin[] {
  return [
    new AwsSolutionsChecks(undefined, { verbose: true }),
    new NIST80053R5Checks(undefined, { verbose: true }),
    new PCIDSS321Checks(undefined, { verbose: true }),
    new ServerlessChecks(undefined, { verbose: true }),
    new CfnGuardValidator({ maxBuffer: guardOutputBytes }),
  ];
}
