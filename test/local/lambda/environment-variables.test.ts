import { expect, test } from '@jest/globals';
import { environmentVariables } from '../../../local/lambda/environment-variables.ts';
import { aFunctionConfiguration } from './deployed-function.ts';

const SETTING = {
  runtimeApi: '127.0.0.1:9001',
  logStreamName: '2026/01/02/[$LATEST]abc',
  bootstrap: '/opt/runtime/main.ts',
  machine: {},
};

test('lets a function choose what Lambda lets it choose, and nothing that is reserved', () => {
  const configuration = aFunctionConfiguration({
    environment: { TZ: 'Europe/Vienna', AWS_LAMBDA_FUNCTION_NAME: 'other', AWS_REGION: 'mars-1' },
  });

  const variables = environmentVariables(configuration, SETTING);

  expect(variables).toMatchObject({
    TZ: 'Europe/Vienna',
    AWS_LAMBDA_FUNCTION_NAME: 'orders',
    AWS_REGION: 'eu-west-1',
  });
});

test('tells a function that logs in JSON how and from which level on, and any other nothing', () => {
  const inJson = environmentVariables(aFunctionConfiguration({ jsonLogLevel: 'WARN' }), SETTING);
  const inText = environmentVariables(aFunctionConfiguration(), SETTING);

  expect(inJson).toEqual({ ...inText, AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'WARN' });
  expect(Object.keys(inText).filter((name) => /_LOG_(FORMAT|LEVEL)$/.test(name))).toEqual([]);
});

test('lets the machine have the last word', () => {
  const variables = environmentVariables(aFunctionConfiguration(), {
    ...SETTING,
    machine: { AWS_ACCESS_KEY_ID: 'local' },
  });

  expect(variables['AWS_ACCESS_KEY_ID']).toBe('local');
});

test('names the ARN that lacks a region', () => {
  const configuration = aFunctionConfiguration({ functionArn: 'orders' });

  expect(() => environmentVariables(configuration, SETTING)).toThrow('orders names no region; expected arn:');
});
