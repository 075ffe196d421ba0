import { expect, test } from '@jest/globals';
import { emulatorOptions } from '../../../../local/event-source-mapping/configuration/emulator-options.ts';
import { retryPolicyOf } from '../../../../local/event-source-mapping/retry/retry-policy.ts';
import { aPolicy, aSpec } from '../builders.ts';

const DESTINATION = { DestinationConfig: { OnFailure: { Destination: 'kafka://failed' } } };

test.each([
  ['no limit', {}, 'unlimited'],
  ['10 retries with a destination', DESTINATION, 10],
  ['its own limit with a destination', { ...DESTINATION, MaximumRetryAttempts: 11 }, 11],
  ['its own limit', { MaximumRetryAttempts: 0 }, 0],
])('ESM-047 a mapping has %s', (_story, properties, maximumRetries) => {
  const policy = retryPolicyOf(aSpec(properties), emulatorOptions());

  expect(policy).toStrictEqual(aPolicy({ maximumRetries: maximumRetries as number | 'unlimited' }));
});

test('the age is in milliseconds and the choices come from the options', () => {
  const spec = aSpec({ MaximumRecordAgeInSeconds: 60, BisectBatchOnFunctionError: true });
  const options = emulatorOptions({ partialRetryScope: 'rewind', bisectUsesRetries: true });

  const policy = retryPolicyOf(spec, options);

  expect(policy).toStrictEqual(
    aPolicy({
      maximumRecordAgeMs: 60_000,
      bisectBatchOnFunctionError: true,
      partialRetryScope: 'rewind',
      bisectUsesRetries: true,
    }),
  );
});

test('the options are frozen', () => {
  const options = emulatorOptions();

  expect([Object.isFrozen(options), Object.isFrozen(options.backoff)]).toStrictEqual([true, true]);
});
