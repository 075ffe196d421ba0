import { join } from 'node:path';
import { choosePort } from '../../../local/engines/choose-port.ts';
import { startEngine } from '../../../local/engines/engine-process.ts';
import type { Engine } from '../../../local/engines/engine.ts';
import { javaCommand } from '../../../local/engines/java.ts';
import { installLocalStack } from './install-localstack.ts';

const SERVE = join(import.meta.dirname, 'serve.py');
const START_TIMEOUT_MS = 120_000;

/** Where a LocalStack is kept, and where it writes. All absolute. */
export interface LocalStackFolders {
  readonly engines: string;
  /** Of this run alone. */
  readonly data: string;
}

/** Installs LocalStack when it is not there yet, and starts it on 127.0.0.1, empty, on a port that the system chooses. */
export async function startLocalStack({ engines, data }: LocalStackFolders): Promise<Engine> {
  const installation = await installLocalStack(engines);
  const address = `127.0.0.1:${await choosePort()}`;
  const endpoint = `http://${address}`;
  return startEngine({
    name: `LocalStack ${installation.version}`,
    endpoint,
    file: installation.python,
    args: [SERVE, javaCommand(process.env), installation.archives],
    environment: settings(address, data),
    logFile: join(data, 'localstack.log'),
    isReady: async () => (await fetch(`${endpoint}/_localstack/health`)).ok,
    startTimeoutMs: START_TIMEOUT_MS,
  });
}

/** https://docs.localstack.cloud/aws/capabilities/config/configuration/ */
function settings(address: string, data: string): Record<string, string> {
  return {
    GATEWAY_LISTEN: address,
    // Queue addresses are made of both; otherwise they are names that only public DNS resolves.
    LOCALSTACK_HOST: address,
    SQS_ENDPOINT_STRATEGY: 'path',
    FILESYSTEM_ROOT: join(data, 'root'),
    TMPDIR: data,
    DYNAMODB_IN_MEMORY: '1',
    PERSISTENCE: '0',
    EAGER_SERVICE_LOADING: '0',
    // It runs outside of its image, and asks nothing of the network.
    OVERRIDE_IN_DOCKER: '0',
    DNS_ADDRESS: '0',
    SKIP_SSL_CERT_DOWNLOAD: '1',
    DISABLE_EVENTS: '1',
    LAMBDA_IGNORE_ARCHITECTURE: '1',
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}
