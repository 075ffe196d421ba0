import { describe, expect, test } from '@jest/globals';
import { chooseScenarios, SCENARIOS } from '../../../tools/faults/scenarios/all-scenarios.ts';

const namesOf = (names: readonly string[]) => chooseScenarios(names).map(({ name }) => name);

describe('the scenarios', () => {
  test('have a name of their own each', () => {
    const names = SCENARIOS.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });

  test('are all of them without a name', () => {
    expect(chooseScenarios([])).toEqual(SCENARIOS);
  });

  test('are chosen by name, where a star stands for any text', () => {
    expect(namesOf(['refused-*', 'calm'])).toEqual([
      'refused-dynamodb',
      'refused-sqs',
      'refused-ses',
      'refused-sns',
      'refused-all',
      'calm',
    ]);
  });

  test('have no name that is unknown', () => {
    expect(() => chooseScenarios(['earthquake'])).toThrow(
      'There is no scenario earthquake. List them all: npm run faults -- --list',
    );
  });
});
