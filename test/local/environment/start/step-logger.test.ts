import { expect, jest, test } from '@jest/globals';
import { Listr } from 'listr2';
import { StepLogger } from '../../../../local/environment/start/step-logger.ts';

test('a failed step is shown without its error, which the caller prints', async () => {
  const logger = new StepLogger();
  const write = jest.spyOn(logger.process, 'toStdout').mockReturnValue(true);
  const fail = { title: 'Synthesize', task: () => Promise.reject(new Error('no such stack')) };

  const run = new Listr([{ title: 'Prepare', task: (_context, task) => task.newListr([fail]) }], {
    renderer: 'simple',
    rendererOptions: { logger },
  }).run();

  await expect(run).rejects.toThrow('no such stack');
  expect(write.mock.calls.map(([text]) => text.replaceAll(/[^\w ]/g, '').trim())).toEqual([
    'Prepare',
    'Synthesize',
    'Synthesize',
    'Prepare',
  ]);
});
