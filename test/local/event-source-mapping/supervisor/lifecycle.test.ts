import { expect, test } from '@jest/globals';
import {
  begin,
  isStable,
  settle,
  type MappingOperation,
  type MappingState,
} from '../../../../local/event-source-mapping/supervisor/lifecycle.ts';

const STATES: readonly MappingState[] = [
  'Creating',
  'Enabling',
  'Enabled',
  'Disabling',
  'Disabled',
  'Updating',
  'Deleting',
];

test.each<[MappingOperation, MappingState]>([
  ['create', 'Creating'],
  ['enable', 'Enabling'],
  ['disable', 'Disabling'],
  ['update', 'Updating'],
  ['delete', 'Deleting'],
])('ESM-097 to %s makes a mapping %s', (operation, during) => {
  const states = [begin('Enabled', operation), begin('Disabled', operation)];

  expect(states).toStrictEqual([during, during]);
});

test.each(STATES.filter((state) => !isStable(state)))(
  'ESM-097 a mapping that is %s is in use and takes no operation',
  (state) => {
    const update = (): MappingState => begin(state, 'update');

    expect(update).toThrow(
      expect.objectContaining({
        name: 'ResourceInUseException',
        message: `Cannot update an event source mapping that is ${state}; allowed: Enabled or Disabled; try again when it is.`,
      }),
    );
  },
);

test('ESM-097 every operation but a deletion ends in Enabled or Disabled, as the mapping says', () => {
  const ends = STATES.map((state) => [state, settle(state, true), settle(state, false)]);

  expect(ends).toStrictEqual(
    STATES.map((state) => (state === 'Deleting' ? [state, state, state] : [state, 'Enabled', 'Disabled'])),
  );
});
