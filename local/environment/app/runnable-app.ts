import { join } from 'node:path';
import { deployAssembly } from '../../deployment/deploy-assembly.ts';
import type { DeployedApp } from '../../deployment/discovery/deployed-app.ts';
import type { EnvironmentPlan } from '../plan/environment-plan.ts';
import { lastErrorIn } from './last-error.ts';
import { layerSubstitutions } from './layer-substitutions.ts';
import { mappingApp } from './mapping-app.ts';
import { miniStackLog } from '../plan/run-directories.ts';
import { stageCode } from './stage-code.ts';

const DEFAULT_REGION = 'us-east-1';

/** The receivers of messages for the user from a start step. */
export interface Telling {
  readonly onProgress: (line: string) => void;
  /** Receives messages that the user must see even when progress is not shown. */
  readonly onWait: (line: string) => void;
}

/** What the preparations of a deployment came to. */
export interface Prepared {
  readonly assemblyDirectory: string | undefined;
  /** Resolves when the brokers answer. */
  readonly brokersReady: Promise<void>;
}

/** An app whose code is in a runnable place, with a function that deletes the copies. */
export interface RunnableApp {
  readonly app: DeployedApp;
  removeCode(): Promise<void>;
}

/** @throws {Error} when there is no cloud assembly of an app that must be deployed. */
export async function makeRunnable(
  plan: EnvironmentPlan,
  { assemblyDirectory, brokersReady }: Prepared,
  telling: Telling,
): Promise<RunnableApp> {
  const { options, awsEndpoint, awsPort, bootstrapServers, directories, sdk } = plan;
  const { app: source, region: defaultRegion = DEFAULT_REGION, outside } = options;
  if (source.kind === 'mapping')
    return whereItIs(mappingApp(source, { region: defaultRegion, bootstrapServers }));
  if (assemblyDirectory === undefined) throw new Error('There is no cloud assembly to deploy.');
  const app = await deployAssembly({
    assemblyDirectory,
    defaultRegion,
    endpoint: awsEndpoint,
    bootstrapServers,
    brokersReady,
    workDirectory: join(options.runDirectory, 'deployment'),
    sdkPackages: new Set(sdk.keys()),
    ...(outside !== undefined && { outside }),
    // The log of an endpoint that was already running belongs to its owner.
    ...(awsPort !== undefined && { lastError: () => lastErrorIn(miniStackLog(directories)) }),
    ...telling,
  });
  return options.invoke === 'endpoint' ? whereItIs(app) : staged(app, options.runDirectory);
}

const whereItIs = (app: DeployedApp): RunnableApp => ({ app, removeCode: () => Promise.resolve() });

async function staged(app: DeployedApp, run: string): Promise<RunnableApp> {
  const code = await stageCode(app.functions, run);
  const substitutions = [...app.substitutions, ...layerSubstitutions(app.functions)];
  return {
    app: { ...app, functions: code.functions, substitutions },
    removeCode: () => code.remove(),
  };
}
