import { expect, test } from '@jest/globals';
import { synthesize } from './synthesize.ts';

const stacks = synthesize();

test.each(['streaming', 'consumers', 'operations'] as const)(
  'the template of the %s stack is as reviewed',
  (name) => {
    const template = JSON.stringify(stacks[name].template, undefined, 2);

    expect(withoutHashes(template)).toMatchSnapshot();
  },
);

/** Hashes change with every dependency and say nothing to a reviewer. */
function withoutHashes(template: string): string {
  return template.replaceAll(/[0-9a-f]{64}/g, '<hash>');
}
