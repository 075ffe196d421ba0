/** The emulator of one mapping with its function, all in a process group of its own that ends with the test. */
import * as z from 'zod';
import { killOwnGroup } from '../../local/environment/processes/process-group.ts';
import { startLambdaHost } from '../../local/lambda/lambda-host.ts';
import { startTestMapping } from '../broker/support/start-test-mapping.ts';

const FUNCTION_ARN = 'arn:aws:lambda:eu-central-1:000000000000:function:recording';

const settings = z
  .object({
    broker: z.string(),
    topic: z.string(),
    consumerGroupId: z.string(),
    pollers: z.int(),
    replaceAfterMs: z.int(),
    batchSize: z.int(),
    codeDirectory: z.string(),
    journalDirectory: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const host = await startLambdaHost({
  functions: (functionName) =>
    Promise.resolve({
      functionName,
      functionArn: FUNCTION_ARN,
      codeDirectory: settings.codeDirectory,
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      memorySizeMb: 128,
      timeoutSeconds: 30,
      environment: { JOURNAL_DIRECTORY: settings.journalDirectory },
    }),
  onLog: () => undefined,
});
const mapping = startTestMapping(
  {
    ...settings,
    function: { arn: FUNCTION_ARN, endpoint: host.endpoint },
    properties: { BatchSize: settings.batchSize, FunctionResponseTypes: ['ReportBatchItemFailures'] },
  },
  // There is no on-failure destination.
  { broker: settings.broker, aws: host.endpoint },
);

process.on('message', () => {
  void stop();
});
process.on('disconnect', killOwnGroup);

async function stop(): Promise<void> {
  await mapping.stop();
  await host.close();
  process.exit(0);
}
