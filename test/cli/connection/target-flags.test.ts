import { expect, test } from '@jest/globals';
import { withTarget } from '../../../cli/connection/target-flags.ts';

test('a stage is chosen on AWS only', async () => {
  const working = withTarget({ stage: 'prod' }, () => Promise.resolve());

  await expect(working).rejects.toThrow('--stage prod chooses a stage on AWS: add --aws, or leave it out.');
});
