import { dirname, join } from 'node:path';
import { deployAssembly } from '../../deployment/deploy-assembly.ts';
import type { DeployedApp } from '../../deployment/discovery/deployed-app.ts';
import type { AppSource, AssemblySource } from '../plan/app-source.ts';
import type { EnvironmentPlan } from '../plan/environment-plan.ts';
import { layerSubstitutions } from './layer-substitutions.ts';
import { mappingApp } from './mapping-app.ts';
import { packageDirectory } from '../../helpers/installed-packages.ts';
import { stageCode } from './stage-code.ts';

const DEFAULT_REGION = 'us-east-1';

/** An app with its code where it can run, and how to tidy up after it. */
export interface RunnableApp {
  readonly app: DeployedApp;
  removeCode(): Promise<void>;
}

/** @param assemblyDirectory - undefined for what needs no deployment. */
export async function makeRunnable(
  plan: EnvironmentPlan,
  assemblyDirectory: string | undefined,
  onProgress: (line: string) => void,
): Promise<RunnableApp> {
  const { options, awsEndpoint, bootstrapServers } = plan;
  const { app: source, region: defaultRegion = DEFAULT_REGION } = options;
  if (source.kind === 'mapping')
    return whereItIs(mappingApp(source, { region: defaultRegion, bootstrapServers }));
  if (assemblyDirectory === undefined) throw new Error('There is no cloud assembly to deploy.');
  const app = await deployAssembly({
    assemblyDirectory,
    defaultRegion,
    endpoint: awsEndpoint,
    bootstrapServers,
    workDirectory: join(options.runDirectory, 'deployment'),
    onProgress,
  });
  return options.invoke === 'endpoint' ? whereItIs(app) : staged(app, source, options.runDirectory);
}

const whereItIs = (app: DeployedApp): RunnableApp => ({ app, removeCode: () => Promise.resolve() });

async function staged(app: DeployedApp, source: AssemblySource, run: string): Promise<RunnableApp> {
  const appDirectory = source.kind === 'assembly' ? dirname(source.directory) : source.directory;
  const code = await stageCode(app.functions, { run, sdkFrom: [appDirectory, packageDirectory] });
  const substitutions = [...app.substitutions, ...layerSubstitutions(app.functions)];
  return {
    app: { ...app, functions: code.functions, substitutions },
    removeCode: () => code.remove(),
  };
}

/** Whether an environment deploys something before it runs it. */
export const isDeployed = (source: AppSource): source is AssemblySource => source.kind !== 'mapping';
