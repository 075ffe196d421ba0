import { expect, test } from '@jest/globals';
import { patchConsole, readLogSettings } from '../../../../local/lambda/bootstrap/console.ts';

function aConsole(variables: NodeJS.ProcessEnv) {
  const lines: string[] = [];
  const target = Object.create(console) as Console;
  patchConsole(target, {
    ...readLogSettings(variables),
    requestId: () => 'r-1',
    now: () => new Date('2026-01-02T03:04:05.678Z'),
    write: (line) => lines.push(line),
  });
  return { target, lines };
}

test('writes text lines with time, request and level', () => {
  const { target, lines } = aConsole({});

  target.log('order %s', 'o-1', { lines: 2 });
  target.error('two\nlines');

  expect(lines).toEqual([
    '2026-01-02T03:04:05.678Z\tr-1\tINFO\torder o-1 { lines: 2 }\n',
    '2026-01-02T03:04:05.678Z\tr-1\tERROR\ttwo\rlines\n',
  ]);
});

test('writes JSON lines from the wanted level on', () => {
  const { target, lines } = aConsole({ AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'INFO' });

  target.debug('not wanted');
  target.info({ order: 'o-1' });
  target.warn('failed', new RangeError('too far'));

  const common = { timestamp: '2026-01-02T03:04:05.678Z', requestId: 'r-1' };
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { ...common, level: 'INFO', message: { order: 'o-1' } },
    {
      ...common,
      level: 'WARN',
      message: expect.stringContaining('failed RangeError: too far'),
      errorType: 'RangeError',
      errorMessage: 'too far',
      stackTrace: expect.any(Array),
    },
  ]);
});
