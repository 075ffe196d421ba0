import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import {
  AttributeType,
  BillingMode,
  ContributorInsightsMode,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export interface ConsumerTableProps {
  readonly encryptionKey: IKey;
  /** True ranks the most used keys, which is worth its price when many orders share few items. */
  readonly contributorInsights: boolean;
}

/**
 * A consumer's own table: its effects, which also record what was done. Items with `expiresAt` (epoch seconds) are
 * deleted some time after it.
 *
 * `Table` and not `TableV2`, because the template judges have rules for the former only.
 */
export class ConsumerTable extends Table {
  constructor(scope: Construct, id: string, props: ConsumerTableProps) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      contributorInsightsSpecification: {
        enabled: props.contributorInsights,
        ...(props.contributorInsights ? { mode: ContributorInsightsMode.ACCESSED_AND_THROTTLED_KEYS } : {}),
      },
      deletionProtection: true,
      // CloudFormation cannot delete a protected table, so a failed creation leaves it behind, empty and without a
      // fixed name.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this).acknowledge({
      id: 'NIST.800.53.R5::NIST.800.53.R5-DynamoDBInBackupPlan',
      reason:
        'Point-in-time recovery restores any second of the last 35 days, longer than the topic and the dead-letter ' +
        'queue keep what the table is made from; backups beyond that are a decision of the account.',
    });
  }
}
