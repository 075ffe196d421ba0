import type { Stack } from 'aws-cdk-lib/core';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StageConfig } from '../config/stage-config.ts';
import type { ConsumerDuty } from '../constructs/order-consumer.ts';
import type { ConsumerSpec } from '../topology/topology-types.ts';
import type { ConsumerName } from '../topology/topology.ts';

type DutyOf = (stack: Stack, config: StageConfig, spec: ConsumerSpec) => ConsumerDuty;

/** The properties of each consumer that the others do not share. */
export const consumerDuties: Readonly<Record<ConsumerName, DutyOf>> = {
  billing: () => ({
    // Invoices are inserted by statements, and those that were there already are read.
    tableActions: [
      'dynamodb:BatchGetItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    hotKeys: false,
    environment: {},
    statements: [],
  }),
  inventory: (_stack, _config, spec) => ({
    // Back-orders are inserted by statements, once the stock of their skus was read.
    tableActions: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    // All orders of a popular article update one stock item.
    hotKeys: true,
    environment: itemLifetime(spec),
    statements: [],
  }),
  notifications: (stack, config, spec) => ({
    // A refused send takes its claim back.
    tableActions: ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    hotKeys: false,
    environment: { ...itemLifetime(spec), EMAIL_FROM: config.email.from },
    statements: [sendEmail(stack, config), ...sendSms()],
  }),
};

function itemLifetime(spec: ConsumerSpec): Readonly<Record<string, string>> {
  return spec.dedupe.kind === 'forEver' ? {} : { ITEM_TTL_DAYS: `${spec.dedupe.afterDays}` };
}

/** @see https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html */
function sendEmail(stack: Stack, config: StageConfig): PolicyStatement {
  return new PolicyStatement({
    sid: 'SendEmail',
    actions: ['ses:SendEmail'],
    resources: [
      stack.formatArn({ service: 'ses', resource: 'identity', resourceName: config.email.identity }),
    ],
    conditions: { StringEquals: { 'ses:FromAddress': config.email.from } },
  });
}

/**
 * A phone number has no ARN, so publishing to one needs every resource; the denial takes the topics out again.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html
 */
function sendSms(): readonly PolicyStatement[] {
  return [
    new PolicyStatement({ sid: 'SendSms', actions: ['sns:Publish'], resources: ['*'] }),
    new PolicyStatement({
      sid: 'PublishToNoTopic',
      effect: Effect.DENY,
      actions: ['sns:Publish'],
      resources: ['arn:*:sns:*:*:*'],
    }),
  ];
}
