import { expect, test } from '@jest/globals';
import { initReportLine, reportLine, timeoutLine } from '../../../local/lambda/platform-log.ts';

const REQUIRED = { requestId: 'r-1', durationMs: 2.345, memorySizeMb: 128 };

test.each([
  {
    story: 'a warm invocation',
    report: { ...REQUIRED, maxMemoryUsedMb: 70 },
    line: 'REPORT RequestId: r-1|Duration: 2.35 ms|Billed Duration: 3 ms|Memory Size: 128 MB|Max Memory Used: 70 MB',
  },
  {
    story: 'a cold start, whose initialization is billed too',
    report: { ...REQUIRED, initDurationMs: 100.5 },
    line: 'REPORT RequestId: r-1|Duration: 2.35 ms|Billed Duration: 103 ms|Memory Size: 128 MB|Init Duration: 100.50 ms',
  },
  {
    story: 'a failed one',
    report: { ...REQUIRED, failure: { status: 'error' as const, errorType: 'Runtime.ExitError' } },
    line: 'REPORT RequestId: r-1|Duration: 2.35 ms|Billed Duration: 3 ms|Memory Size: 128 MB|Status: error|Error Type: Runtime.ExitError',
  },
  {
    story: 'one that ran out of time',
    report: { ...REQUIRED, failure: { status: 'timeout' as const, errorType: 'Sandbox.Timedout' } },
    line: 'REPORT RequestId: r-1|Duration: 2.35 ms|Billed Duration: 3 ms|Memory Size: 128 MB|Status: timeout',
  },
])('reports $story', ({ report, line }) => {
  const written = reportLine(report);

  expect(written).toBe(line.replaceAll('|', '\t'));
});

test('reports a failed initialization with its phase', () => {
  const line = initReportLine(5, 'init', { status: 'error', errorType: 'Error' });

  expect(line).toBe('INIT_REPORT Init Duration: 5.00 ms\tPhase: init\tStatus: error\tError Type: Error');
});

test('says when a task ran out of time', () => {
  const line = timeoutLine('r-1', new Date('2026-01-02T03:04:05.678Z'), 3);

  expect(line).toBe('2026-01-02T03:04:05.678Z r-1 Task timed out after 3.00 seconds');
});
