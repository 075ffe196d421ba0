import { dev } from '../../../lib/config/dev.ts';
import type { StageConfig } from '../../../lib/config/stage-config.ts';
import { callWithin } from '../../../tools/preflight/call.ts';
import { closeClients, createClients } from '../../../tools/preflight/clients.ts';
import { preflight } from '../../../tools/preflight/preflight.ts';
import type { Verdict } from '../../../tools/preflight/verdict.ts';
import { startFakeAws, type Answers } from './fake-aws.ts';
import { readyAccount } from './ready-account.ts';

const TIMEOUT_MS = 10_000;

/** A stage without examples. */
export const aStage: StageConfig = {
  ...dev,
  account: '210987654321',
  email: { from: 'orders@shop.invalid.com', identity: 'shop.invalid.com' },
  alarms: { ...dev.alarms, subscribers: ['on-call@shop.invalid.com'] },
};

export interface Asked {
  readonly config?: StageConfig;
  readonly timeoutMs?: number;
  readonly regionInUse?: string | undefined;
}

export interface AnsweredPreflight {
  readonly verdicts: readonly Verdict[];
  /** The calls that were made. */
  readonly calls: readonly string[];
}

/** What the preflight says of an account that is ready but for these answers. */
export async function preflightOf(
  answers: Answers,
  { config = aStage, timeoutMs = TIMEOUT_MS, ...region }: Asked = {},
): Promise<AnsweredPreflight> {
  const aws = await startFakeAws({ ...readyAccount, ...answers });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const clients = createClients({ region: config.region, endpoint: aws.endpoint, credentials });
  try {
    const verdicts = await preflight({
      config,
      clients,
      call: callWithin(timeoutMs),
      qualifier: 'hnb659fds',
      regionInUse: () => Promise.resolve('regionInUse' in region ? region.regionInUse : 'us-east-1'),
    });
    return { verdicts, calls: aws.calls };
  } finally {
    closeClients(clients);
    await aws.close();
  }
}

/** The verdicts that ask for something, a line each. */
export const notOk = (verdicts: readonly Verdict[]): readonly string[] =>
  verdicts
    .filter(({ kind }) => kind !== 'ok')
    .map(({ kind, subject, text }) => `${kind}: ${subject}: ${text}`);
