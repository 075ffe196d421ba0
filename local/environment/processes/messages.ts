import type { EnvironmentDescription } from '../control/environment-description.ts';
import type { EnvironmentOptions } from '../plan/environment-options.ts';

/** What the launcher tells the environment process, through the guardian. */
export type LauncherMessage =
  { readonly type: 'start'; readonly options: EnvironmentOptions } | { readonly type: 'stop' };

/** What the environment process tells the launcher, through the guardian. */
export type EnvironmentMessage =
  | { readonly type: 'ready'; readonly environment: EnvironmentDescription }
  | { readonly type: 'failed'; readonly message: string };
