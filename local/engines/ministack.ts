import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { requireFreePort } from './choose-port.ts';
import type { Engine } from './engine.ts';
import { startEngine } from './engine-process.ts';
import type { MiniStackInstallation } from './ministack-installation.ts';

const START_TIMEOUT_MS = 30_000;

export interface MiniStackOptions {
  readonly installation: MiniStackInstallation;
  readonly port: number;
  /** The bootstrap servers that GetBootstrapBrokers returns for every cluster and kind of authentication. */
  readonly bootstrapServers: string;
  /** The node_modules folder with the AWS SDK for code that MiniStack itself runs, such as custom resources. */
  readonly nodePath: string;
  /** The folder for its temporary files and state. */
  readonly dataDirectory: string;
  readonly logFile: string;
  /** Additional settings of MiniStack; they override the ones set here. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts MiniStack on 127.0.0.1 and waits until its health check answers. It continues with the state in its folder.
 * It saves the state when it stops cleanly, S3 objects at once, and sent e-mails never.
 *
 * @throws Error when the port is in use, or when it does not start, with the last lines of its log.
 */
export async function startMiniStack(options: MiniStackOptions): Promise<Engine> {
  const { installation, port, logFile } = options;
  await requireFreePort(port, 'the AWS endpoint');
  await mkdir(join(options.dataDirectory, 'tmp'), { recursive: true });

  const endpoint = `http://127.0.0.1:${port}`;
  return startEngine({
    name: `MiniStack ${installation.version}`,
    endpoint,
    file: installation.python,
    args: ['-m', 'ministack'],
    environment: { ...settings(options), ...options.environment },
    logFile,
    isReady: async () => (await fetch(`${endpoint}/_ministack/health`)).ok,
    startTimeoutMs: START_TIMEOUT_MS,
  });
}

function settings({
  port,
  bootstrapServers,
  nodePath,
  dataDirectory,
}: MiniStackOptions): Record<string, string> {
  return {
    GATEWAY_PORT: String(port),
    // The default is every interface.
    BIND_HOST: '127.0.0.1',
    // Queue URLs contain it, and an IP address needs no name resolution.
    MINISTACK_HOST: '127.0.0.1',
    MINISTACK_MSK_BOOTSTRAP: bootstrapServers,
    MINISTACK_MSK_BOOTSTRAP_TLS: bootstrapServers,
    MINISTACK_MSK_BOOTSTRAP_SASL_IAM: bootstrapServers,
    MINISTACK_MSK_BOOTSTRAP_SASL_SCRAM: bootstrapServers,
    // Additional servers on fixed ports of all interfaces, which nothing here needs.
    SFTP_ENABLED: '0',
    IOT_MTLS_ENABLED: '0',
    TMPDIR: join(dataDirectory, 'tmp'),
    PERSIST_STATE: '1',
    STATE_DIR: join(dataDirectory, 'state'),
    S3_PERSIST: '1',
    S3_DATA_DIR: join(dataDirectory, 's3'),
    // Its Lambda workers take `node` from the PATH. They get the Node.js that runs this process.
    PATH: [dirname(process.execPath), process.env['PATH']].filter(Boolean).join(delimiter),
    NODE_PATH: nodePath,
  };
}
