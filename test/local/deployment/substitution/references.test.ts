import { describe, expect, test } from '@jest/globals';

import {
  referencedIds,
  replaceReferences,
  type LiteralOf,
} from '../../../../local/deployment/substitution/references.ts';

/** The resource `Gone` is replaced, everything else stays. */
const literalOf: LiteralOf = (logicalId, attribute) =>
  logicalId === 'Gone' ? ['literal', attribute].filter(Boolean).join('/') : undefined;

describe('replaceReferences', () => {
  test.each([
    ['Ref', { Ref: 'Gone' }, 'literal'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Gone', 'Arn'] }, 'literal/Arn'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Gone.Arn' }, 'literal/Arn'],
    ['an attribute with dots', { 'Fn::GetAtt': ['Gone', 'Latest.Revision'] }, 'literal/Latest.Revision'],
    [
      'a part of Fn::Join',
      { 'Fn::Join': ['', ['a', { Ref: 'Gone' }]] },
      { 'Fn::Join': ['', ['a', 'literal']] },
    ],
    ['text of Fn::Sub', { 'Fn::Sub': '${Gone}:${Gone.Arn}' }, { 'Fn::Sub': 'literal:literal/Arn' }],
    [
      'a variable of Fn::Sub',
      { 'Fn::Sub': ['${name} ${Gone}', { name: { Ref: 'Gone' } }] },
      { 'Fn::Sub': ['${name} literal', { name: 'literal' }] },
    ],
    [
      'a selection from what was a list',
      { 'Fn::Select': [0, { 'Fn::GetAtt': ['Gone', 'Ids'] }] },
      'literal/Ids',
    ],
    [
      'a split of the literal, which CloudFormation can still do',
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'Gone' }] }] },
      { 'Fn::Select': [1, { 'Fn::Split': ['/', 'literal'] }] },
    ],
    ['values deep inside', { a: [{ b: { Ref: 'Gone' } }] }, { a: [{ b: 'literal' }] }],
  ])('puts the literal in place of %s', (_name, value, expected) => {
    const replaced = replaceReferences(value, literalOf);

    expect(replaced).toEqual(expected);
  });

  test.each([
    ['a resource that stays', { Ref: 'Stays' }],
    ['a pseudo parameter', { 'Fn::Sub': 'arn:${AWS::Partition}:${Stays.Arn}' }],
    ['characters that only look like a reference', { 'Fn::Sub': '${!Gone}' }],
    ['a variable of Fn::Sub with the same name', { 'Fn::Sub': ['${Gone}', { Gone: 'own' }] }],
    ['an import', { 'Fn::ImportValue': 'streaming:Gone' }],
    ['an object that has a Ref among other keys', { Ref: 'Gone', Type: 'x' }],
    ['null', null],
  ])('leaves %s alone', (_name, value) => {
    const replaced = replaceReferences(value, literalOf);

    expect(replaced).toEqual(value);
  });
});

describe('referencedIds', () => {
  test('finds the ids in every form of reference', () => {
    const ids = referencedIds([
      { Ref: 'A' },
      { 'Fn::GetAtt': ['B', 'Arn'] },
      { 'Fn::Sub': '${C} ${D.Arn} ${!E}' },
    ]);

    expect([...ids]).toEqual(['A', 'B', 'C', 'D']);
  });
});
