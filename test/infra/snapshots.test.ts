import { expect, test } from '@jest/globals';
import { dev } from '../../lib/config/dev.ts';
import { prod } from '../../lib/config/prod.ts';
import { synthesize } from './synthesize.ts';

// `npm run review` compares the templates with these snapshots, by the name of the stack.
test.each(
  [dev, prod].flatMap((config) =>
    Object.entries(synthesize(config)).map(([name, { template }]) => ({
      stackName: `order-events-${config.stage}-${name}`,
      template,
    })),
  ),
)('the template of $stackName is as reviewed', ({ template }) => {
  const text = JSON.stringify(template, undefined, 2);

  expect(withoutHashes(text)).toMatchSnapshot();
});

/** Hashes change with every dependency and say nothing to a reviewer. */
function withoutHashes(template: string): string {
  return template.replaceAll(/[0-9a-f]{64}/g, '<hash>');
}
