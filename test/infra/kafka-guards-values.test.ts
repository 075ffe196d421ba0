import { describe, expect, test } from '@jest/globals';
import {
  App,
  Aws,
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  Fn,
  NestedStack,
  Stack,
  Token,
} from 'aws-cdk-lib/core';
import type { PolicyValidationPluginReport } from 'aws-cdk-lib/core';
import { CfnAlias, CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnEventSourceMappingProps } from 'aws-cdk-lib/aws-lambda';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import { KafkaGuards } from '../../lib/guards/kafka-guards.ts';

const CLUSTER = 'arn:aws:kafka:eu-west-1:123456789012:cluster/clicks/1f4b-1';

/** The rules that an app breaks, and those that nobody can check before it is deployed. */
interface Judged {
  readonly broken: readonly string[];
  readonly unknown: readonly string[];
}

function judged(make: (stack: Stack, app: App) => void): Judged {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  const stack = new Stack(app, 'shop');
  make(stack, app);
  const templatePaths = app.synth().stacks.map(({ templateFullPath }) => templateFullPath);
  const report: PolicyValidationPluginReport = new KafkaGuards({ responseTimeHours: 72 }).validate({
    templatePaths,
    stackTemplates: [],
    appConstruct: app,
  });
  return {
    broken: report.violations.map(({ ruleName }) => ruleName),
    unknown: Object.keys(report.metadata ?? {}),
  };
}

const nothing: Judged = { broken: [], unknown: [] };

function consumer(stack: Stack, name?: string, timeout = 30): CfnFunction {
  return new CfnFunction(stack, 'Function', {
    code: { zipFile: 'exports.handler = () => ({});' },
    role: 'arn:aws:iam::123456789012:role/consumer',
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    timeout,
    ...(name !== undefined && { functionName: name }),
  });
}

function mapping(stack: Stack, overrides: Partial<CfnEventSourceMappingProps> = {}): void {
  new CfnEventSourceMapping(stack, 'Mapping', {
    functionName: overrides.functionName ?? consumer(stack).ref,
    eventSourceArn: CLUSTER,
    topics: ['clicks'],
    amazonManagedKafkaEventSourceConfig: { consumerGroupId: 'click-counter' },
    startingPosition: 'TRIM_HORIZON',
    maximumRetryAttempts: 3,
    maximumRecordAgeInSeconds: 3600,
    destinationConfig: { onFailure: { destination: 'arn:aws:sqs:eu-west-1:123456789012:failed' } },
    provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 2 },
    metricsConfig: { metrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'] },
    ...overrides,
  });
}

function topicOf(stack: Stack, hours = 24): CfnTopic {
  return new CfnTopic(stack, 'Topic', {
    clusterArn: CLUSTER,
    topicName: 'clicks',
    partitionCount: 3,
    replicationFactor: 3,
    configs: btoa(`retention.ms=${hours * 3_600_000}`),
  });
}

describe('a guard raises no alarm', () => {
  test('at a mapping without a fault', () => {
    expect(judged((stack) => mapping(stack))).toEqual(nothing);
  });

  test('at a group id with a token in it, and says that it does not know it', () => {
    const result = judged((stack) =>
      mapping(stack, { amazonManagedKafkaEventSourceConfig: { consumerGroupId: `clicks-${Aws.REGION}` } }),
    );

    expect(result).toEqual({ broken: [], unknown: ['group-id at shop/Mapping'] });
  });

  test('at a group id that is in SSM', () => {
    const consumerGroupId = '{{resolve:ssm:/shop/group}}';

    const result = judged((stack) =>
      mapping(stack, { amazonManagedKafkaEventSourceConfig: { consumerGroupId } }),
    );

    expect(result).toEqual({ broken: [], unknown: ['group-id at shop/Mapping'] });
  });

  test('at a destination that a condition chooses', () => {
    const result = judged((stack) => {
      new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-1') });
      const destination = Fn.conditionIf('IsProd', 'arn:aws:sqs:eu-west-1:123456789012:failed', Aws.NO_VALUE);
      mapping(stack, { destinationConfig: { onFailure: { destination: destination.toString() } } });
    });

    expect(result).toEqual({ broken: [], unknown: ['destination-present at shop/Mapping'] });
  });

  test('at retention, where an imported bucket carries the records', () => {
    const result = judged((stack) => {
      topicOf(stack, 1);
      const destination = `arn:${Aws.PARTITION}:s3:::failed-${Aws.ACCOUNT_ID}`;
      mapping(stack, { destinationConfig: { onFailure: { destination } } });
    });

    expect(result).toEqual(nothing);
  });

  test('at a destination that another team exports', () => {
    const destination = Fn.importValue('platform-dead-letters');

    const result = judged((stack) => mapping(stack, { destinationConfig: { onFailure: { destination } } }));

    expect(result).toEqual({ broken: [], unknown: ['destination-present at shop/Mapping'] });
  });
});

describe('a guard sees a fault', () => {
  test('of a function behind an alias', () => {
    const result = judged((stack) => {
      const functionName = consumer(stack, undefined, 900).ref;
      const alias = new CfnAlias(stack, 'Live', { functionName, functionVersion: '1', name: 'live' });
      const name = Fn.select(6, Fn.split(':', alias.ref));
      mapping(stack, { functionName: Fn.join(':', [name, 'live']) });
    });

    expect(result).toEqual({ broken: ['function-timeout'], unknown: [] });
  });

  test.each(['clicks-consumer', 'arn:aws:lambda:eu-west-1:123456789012:function:clicks-consumer:live'])(
    'of a function that is named %s',
    (functionName) => {
      const result = judged((stack) => {
        consumer(stack, 'clicks-consumer', 900);
        mapping(stack, { functionName });
      });

      expect(result).toEqual({ broken: ['function-timeout'], unknown: [] });
    },
  );

  test('of a function in another stack', () => {
    const result = judged((stack, app) => {
      const other = new Stack(app, 'functions');
      new CfnOutput(other, 'Consumer', {
        value: consumer(other, undefined, 900).attrArn,
        exportName: 'consumer',
      });
      mapping(stack, { functionName: Fn.importValue('consumer') });
    });

    expect(result).toEqual({ broken: ['function-timeout'], unknown: [] });
  });

  test('of a mapping in a stack that is nested two deep, whose values are parameters', () => {
    const result = judged((stack) => {
      const topic = topicOf(stack, 200);
      const outer = new NestedStack(stack, 'Outer');
      const inner = new NestedStack(outer, 'Inner');
      mapping(inner, {
        topics: [Token.asString(topic.getAtt('TopicName'))],
        provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 9 },
      });
    });

    expect(result.broken).toEqual(['pollers-within-partitions']);
  });

  test('of a mapping whose topics are a list parameter', () => {
    const result = judged((stack) => {
      const topics = new CfnParameter(stack, 'Topics', { type: 'CommaDelimitedList' }).valueAsList;
      mapping(stack, { topics, startingPosition: 'LATEST' });
    });

    expect(result).toEqual({ broken: ['starting-position'], unknown: [] });
  });

  test('of a setting that is in a mapping of the template', () => {
    const result = judged((stack) => {
      new CfnMapping(stack, 'Stages', { mapping: { dev: { Start: 'LATEST' } } });
      mapping(stack, { startingPosition: Fn.findInMap('Stages', 'dev', 'Start') });
    });

    expect(result).toEqual({ broken: ['starting-position'], unknown: [] });
  });
});

test('a guard says that it does not know a function that is not of the app', () => {
  const result = judged((stack) => mapping(stack, { functionName: 'of-another-team' }));

  expect(result).toEqual({ broken: [], unknown: ['function-timeout at shop/Mapping'] });
});
