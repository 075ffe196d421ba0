import { describe, expect, test } from '@jest/globals';

import type { EndpointKind } from '../../../../local/deployment/substitution/endpoint-kind.ts';
import {
  planSubstitutions,
  type Deciders,
  type Substitution,
} from '../../../../local/deployment/substitution/plan-substitutions.ts';
import { SUBSTITUTION_TABLE } from '../../../../local/deployment/substitution/substitution-table.ts';
import { parseTemplate, type Json } from '../../../../local/deployment/assembly/template.ts';

type Resources = Readonly<Record<string, Json>>;

function plan(
  resources: Resources,
  endpoint: EndpointKind = 'ministack',
  deciders: Pick<Deciders, 'leaveOut' | 'fates'> = {},
) {
  const template = parseTemplate(JSON.stringify({ Resources: resources }));
  return planSubstitutions(
    { stackName: 'app', template },
    { table: SUBSTITUTION_TABLE, endpoint, ...deciders },
  );
}

const briefly = ({ logicalId, action, standIn }: Substitution) => [logicalId, action, standIn];

describe('planSubstitutions', () => {
  test('has something stand in for the cluster and its topics', () => {
    const planned = plan({
      Cluster: { Type: 'AWS::MSK::Cluster' },
      Serverless: { Type: 'AWS::MSK::ServerlessCluster' },
      Topic: { Type: 'AWS::MSK::Topic' },
    });

    expect(planned.map(briefly)).toEqual([
      ['Cluster', 'stand-in', 'msk-cluster'],
      ['Serverless', 'stand-in', 'msk-cluster'],
      ['Topic', 'stand-in', 'kafka-topic'],
    ]);
  });

  test('keeps a place for what other resources refer to', () => {
    const planned = plan({
      Configuration: { Type: 'AWS::MSK::Configuration' },
      Vpc: { Type: 'AWS::EC2::VPC' },
      FlowLog: { Type: 'AWS::EC2::FlowLog' },
    });

    expect(planned.map(({ logicalId, action }) => [logicalId, action])).toEqual([
      ['Configuration', 'placeholder'],
      ['Vpc', 'placeholder'],
      ['FlowLog', 'placeholder'],
    ]);
  });

  test('says what it stands for and why', () => {
    const planned = plan({ Vpc: { Type: 'AWS::EC2::VPC' } });

    expect(planned).toEqual([
      {
        stackName: 'app',
        logicalId: 'Vpc',
        type: 'AWS::EC2::VPC',
        action: 'placeholder',
        reason: 'processes on one machine need no network of their own',
      },
    ]);
  });

  test('keeps here alarms of any kind, schedules that are no times of a calendar, and rules for deployments', () => {
    const planned = plan({
      Math: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [] } },
      Plain: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Lag' } },
      EveryMinute: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 minute)' } },
      AtNoon: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 12 * * ? *)' } },
      Off: {
        Type: 'AWS::Events::Rule',
        Properties: { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' },
      },
      Deployments: {
        Type: 'AWS::Events::Rule',
        Properties: { EventPattern: { source: ['aws.cloudformation'] } },
      },
      Objects: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['aws.s3'] } } },
    });

    expect(planned.map(({ logicalId, action }) => [logicalId, action])).toEqual([
      ['Math', 'stand-in'],
      ['Plain', 'stand-in'],
      ['EveryMinute', 'stand-in'],
      ['AtNoon', 'placeholder'],
      ['Off', 'placeholder'],
      ['Deployments', 'stand-in'],
      ['Objects', 'placeholder'],
    ]);
  });

  test('deploys resources without a rule unchanged', () => {
    const planned = plan({ Table: { Type: 'AWS::DynamoDB::Table' }, Queue: { Type: 'AWS::SQS::Queue' } });

    expect(planned).toEqual([]);
  });

  test('depends on the kind of endpoint', () => {
    const resources = {
      Cluster: { Type: 'AWS::MSK::Cluster' },
      Composite: { Type: 'AWS::CloudWatch::CompositeAlarm' },
      EveryMinute: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 minute)' } },
      Kafka: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { Topics: ['orders'] } },
      SelfManaged: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { SelfManagedEventSource: { Endpoints: {} } },
      },
      Queue: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: 'arn:aws:sqs:…' } },
    };

    const actions = (['ministack', 'localstack'] as const).map((endpoint) =>
      plan(resources, endpoint).map(({ logicalId, action }) => `${logicalId} ${action}`),
    );

    expect(actions).toEqual([
      ['Cluster stand-in', 'Composite stand-in', 'EveryMinute stand-in'],
      ['Cluster placeholder', 'EveryMinute placeholder', 'Kafka stand-in', 'SelfManaged stand-in'],
    ]);
  });

  const restriction = {
    Restriction: {
      Type: 'Custom::VpcRestrictDefaultSG',
      Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] } },
    },
    Provider: {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: { 'Fn::GetAtt': ['ProviderRole', 'Arn'] } },
    },
    ProviderRole: { Type: 'AWS::IAM::Role' },
  };

  test('takes the provider of a custom resource along, function and role', () => {
    const planned = plan(restriction);

    expect(planned.map(briefly)).toEqual([
      ['Restriction', 'left out', undefined],
      ['Provider', 'left out', undefined],
      ['ProviderRole', 'left out', undefined],
    ]);
  });

  test('keeps a role that something else needs as well', () => {
    const planned = plan({
      ...restriction,
      Other: {
        Type: 'AWS::Lambda::Function',
        Properties: { Role: { 'Fn::GetAtt': ['ProviderRole', 'Arn'] } },
      },
    });

    expect(planned.map(briefly)).toEqual([
      ['Restriction', 'left out', undefined],
      ['Provider', 'left out', undefined],
    ]);
  });

  test.each(['Jobs', 'app/Jobs', 'AWS::Batch::JobQueue', 'AWS::Batch::*'])(
    'leaves out the resources that a user names as %s',
    (name) => {
      const resources = {
        Jobs: { Type: 'AWS::Batch::JobQueue' },
        Queue: { Type: 'AWS::SQS::Queue' },
      };

      const planned = plan(resources, 'ministack', { leaveOut: [name] });

      expect(planned).toEqual([
        {
          stackName: 'app',
          logicalId: 'Jobs',
          type: 'AWS::Batch::JobQueue',
          action: 'left out',
          reason: `of --leave-out ${name}`,
        },
      ]);
    },
  );

  test('takes the provider of a custom resource that cannot run along', () => {
    const resources = {
      Deploy: { Type: 'Custom::Deploy', Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] } } },
      Provider: { Type: 'AWS::Lambda::Function' },
    };
    const fates = new Map([['Deploy', { action: 'placeholder', reason: 'it cannot run' } as const]]);

    const planned = plan(resources, 'ministack', { fates });

    expect(planned.map(({ logicalId, action, reason }) => [logicalId, action, reason])).toEqual([
      ['Deploy', 'placeholder', 'it cannot run'],
      ['Provider', 'left out', 'only resources that are left out use it'],
    ]);
  });
});
