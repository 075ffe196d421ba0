import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { compileSchemasLater } from '../../kafka-tools/compile-schemas-later.ts';

let compileAtOnce: () => void;

beforeEach(() => {
  compileAtOnce = compileSchemasLater();
});

afterEach(() => {
  compileAtOnce();
});

const SCHEMA = {
  type: 'object',
  properties: { groupId: { type: 'string' } },
  required: ['groupId'],
  additionalProperties: false,
};

test('a schema that is compiled later judges as one that is compiled at once', () => {
  const validate = new Ajv2020({ allErrors: true }).compile(SCHEMA);

  const judged = [{ groupId: 'billing' }, {}, { groupId: 'billing' }].map((options) => [
    validate(options),
    validate.errors?.map(({ message }) => message),
  ]);

  expect(judged).toEqual([
    [true, undefined],
    [false, ["must have required property 'groupId'"]],
    [true, undefined],
  ]);
});

test('a schema is compiled at its first use', () => {
  const validate = new Ajv2020().compile({ type: 'no type' });

  expect(() => validate({})).toThrow('schema is invalid');
});

test('later schemas are compiled at once again, and earlier ones still at their first use', () => {
  const earlier = new Ajv2020().compile({ type: 'no type' });

  compileAtOnce();

  expect([() => new Ajv2020().compile({ type: 'no type' }), () => earlier({})].map(errorOf)).toEqual([
    expect.stringContaining('schema is invalid'),
    expect.stringContaining('schema is invalid'),
  ]);
});

function errorOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return String(error);
  }
}
