import { describe, expect, test } from '@jest/globals';
import { switchMapping, switchText, type SwitchPorts } from '../../../cli/mappings/switch-mapping.ts';

interface World extends SwitchPorts {
  readonly patienceMs: number;
  readonly calls: string[];
  readonly said: string[];
}

/** A mapping that is in one state after the other, a look each, and stays in the last. */
function aWorld(states: readonly string[], overrides: Partial<SwitchPorts> = {}): World {
  const calls: string[] = [];
  const said: string[] = [];
  let [looks, now, lag] = [0, 0, 10];
  return {
    patienceMs: 5_000,
    calls,
    said,
    read: () => {
      const state = states[Math.min(looks, states.length - 1)] ?? '';
      looks += 1;
      return Promise.resolve({ uuid: 'mapping-1', state });
    },
    setEnabled: (uuid, enabled) => {
      calls.push(`${uuid} ${enabled}`);
      return Promise.resolve();
    },
    hasFollowed: () => Promise.resolve(true),
    lag: () => {
      lag += 5;
      return Promise.resolve(lag);
    },
    now: () => now,
    pause: (ms) => {
      now += ms;
      return Promise.resolve();
    },
    waiting: (text) => {
      said.push(text);
    },
    ...overrides,
  };
}

describe('switching a mapping', () => {
  test('waits until Lambda has reached the state, and reports the lag in the meantime', async () => {
    const world = aWorld(['Enabled', 'Disabling', 'Disabling', 'Disabled']);

    const result = await switchMapping('billing-group', false, world);

    expect({ result, calls: world.calls, said: world.said }).toEqual({
      result: { state: 'Disabled', wasThere: false, tookMs: 1_000, lagBefore: 15, lagAfter: 30 },
      calls: ['mapping-1 false'],
      said: [
        'The mapping of billing-group is Disabling; lag 20 (5 more)',
        'The mapping of billing-group is Disabling; lag 25 (10 more)',
      ],
    });
  });

  test('changes nothing when the state is already reached', async () => {
    const world = aWorld(['Enabled']);

    const { wasThere } = await switchMapping('billing-group', true, world);

    expect({ wasThere, calls: world.calls }).toEqual({ wasThere: true, calls: [] });
  });

  test('starts after another change has ended, because Lambda rejects it before', async () => {
    const world = aWorld(['Updating', 'Updating', 'Enabled', 'Disabled']);

    await switchMapping('billing-group', false, world);

    expect(world.calls).toEqual(['mapping-1 false']);
  });

  test('is done only when the pollers have followed', async () => {
    const answers = [false, false, true];
    const world = aWorld(['Enabled', 'Disabled'], {
      hasFollowed: () => Promise.resolve(answers.shift() ?? true),
    });

    const { tookMs } = await switchMapping('billing-group', false, world);

    expect(tookMs).toBe(1_000);
  });

  test('ends with the state and how to look at it when it takes too long', async () => {
    const world = aWorld(['Enabled', 'Disabling']);

    await expect(switchMapping('billing-group', false, world)).rejects.toThrow(
      /^The mapping of billing-group is Disabling after 6 s, but should be Disabled\. .*--uuid mapping-1$/,
    );
  });
});

describe('the result for a person', () => {
  test.each([
    {
      story: 'a pause',
      result: { state: 'Disabled', wasThere: false, tookMs: 2_400, lagBefore: 3, lagAfter: 8 },
      text:
        'The mapping of billing-group is Disabled, after 2.4 s. Its lag is 8, 5 more than before. It grows with every new ' +
        'record, until you resume the mapping.',
    },
    {
      story: 'a resume that changed nothing',
      result: { state: 'Enabled', wasThere: true, tookMs: 100, lagBefore: 3, lagAfter: 3 },
      text: 'The mapping of billing-group was already Enabled. Its lag is 3.',
    },
    {
      story: 'brokers out of reach',
      result: { state: 'Disabled', wasThere: false, tookMs: 100, lagBefore: undefined, lagAfter: undefined },
      text:
        'The mapping of billing-group is Disabled, after 0.1 s. Its lag cannot be read from here, because the brokers ' +
        'answer only inside their VPC: look at MaxOffsetLag in CloudWatch.',
    },
  ])('says state, time and lag: $story', ({ result, text }) => {
    expect(switchText('billing-group', result)).toBe(text);
  });
});
