import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';

export interface EncryptedLogGroupProps {
  /** Its policy must admit CloudWatch Logs. */
  readonly encryptionKey: IKey;
  readonly retentionDays: StageConfig['logRetentionDays'];
}

const retention = {
  14: RetentionDays.TWO_WEEKS,
  30: RetentionDays.ONE_MONTH,
  90: RetentionDays.THREE_MONTHS,
  365: RetentionDays.ONE_YEAR,
} as const;

/** Logs under a customer key. They are deleted after a time and with their stack, because they contain no order data. */
export class EncryptedLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, props: EncryptedLogGroupProps) {
    super(scope, id, {
      encryptionKey: props.encryptionKey,
      retention: retention[props.retentionDays],
      removalPolicy: RemovalPolicy.DESTROY,
    });
    if (props.retentionDays >= 365) return;
    Validations.of(this).acknowledge({
      id: 'cdk-validator-cfnguard::cloudwatch_log_group_retention_period_check',
      reason:
        'A stage without real orders keeps its logs as long as somebody may read them; prod keeps a year.',
    });
  }
}
