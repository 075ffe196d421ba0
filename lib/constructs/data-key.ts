import { ArnFormat, Duration, Stack } from 'aws-cdk-lib/core';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { keptOnceCreated } from './kept-once-created.ts';

/** A customer key that rotates automatically and outlives its stack, like the data under it. */
export class DataKey extends Key {
  constructor(scope: Construct, id: string, props: { readonly description: string }) {
    super(scope, id, {
      description: props.description,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: keptOnceCreated,
    });
    this.addToResourcePolicy(onlyServicesPassItOn());
  }

  /**
   * Lets CloudWatch Logs use the key, for log groups of this account and region only.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  allowLogGroups(): void {
    const stack = Stack.of(this);
    const logGroups = stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'EncryptLogGroups',
        principals: [new ServicePrincipal('logs.amazonaws.com')],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
      }),
    );
  }
}

/**
 * Limits grants, which give the key to somebody whom its policy does not name. Only MSK and DynamoDB need one, for
 * the data they store.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource
 */
function onlyServicesPassItOn(): PolicyStatement {
  return new PolicyStatement({
    sid: 'GrantToServicesOnly',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: {
      BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' },
    },
  });
}
