import type { DeployedEnvironment, EnvironmentDescription } from '../control/environment-description.ts';
import type { EnvironmentOptions } from '../plan/environment-options.ts';
import type { StopCause } from '../start/stop-cause.ts';

/** Messages from the launcher to the environment process, through the guardian. */
export type LauncherMessage =
  | { readonly type: 'start'; readonly options: EnvironmentOptions }
  /** What was to be prepared after the deployment is. */
  | { readonly type: 'poll' }
  | { readonly type: 'stop' };

/** Messages from the environment process to the launcher, through the guardian. */
export type EnvironmentMessage =
  /** Nothing polls before the launcher answers. */
  | { readonly type: 'deployed'; readonly environment: DeployedEnvironment }
  | { readonly type: 'ready'; readonly environment: EnvironmentDescription }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'stopping'; readonly cause: StopCause };
