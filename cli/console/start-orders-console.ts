import { join } from 'node:path';
import type { EnvironmentDescription } from '#msk-local/environment/control/environment-description.ts';
import { startConsole, type RunningConsole } from '../../console/server/start-console.ts';
import { commandTarget } from '../connection/local-target.ts';
import { consoleActions } from './console-actions.ts';
import { consoleLetterActions } from './console-letters.ts';
import { consoleSources } from './console-sources.ts';

const DEFAULT_PORT = 8080;

/** Starts the console of an environment. @param port - absent: 8080, or a free one when that is taken. */
export function startOrdersConsole(
  environment: EnvironmentDescription,
  port: number | undefined,
): Promise<RunningConsole> {
  const { logsDirectory, controlToken } = environment;
  const target = commandTarget(environment);
  return startConsole({
    port: port === undefined ? { port: DEFAULT_PORT, kind: 'preferred' } : { port, kind: 'required' },
    runToken: controlToken,
    sources: consoleSources(environment, target),
    actions: consoleActions(environment, target),
    letterActions: consoleLetterActions(target),
    logs: {
      broker: join(logsDirectory, 'kafka.log'),
      mappings: join(logsDirectory, 'event-source-mappings.log'),
    },
  });
}
