import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { connectToEnvironment, findEnvironment } from '../connection/find-environment.ts';
import { waitFor } from '#msk-local/helpers/wait-for.ts';

const STOP_TIMEOUT_MS = 15_000;

/** `orders down`: stops the environment that runs in another terminal. */
export function downCommand(): CommandUnknownOpts {
  return new Command('down')
    .description('stop the local environment that runs in another terminal')
    .action(async () => {
      const client = await connectToEnvironment();
      await client.stop();
      await waitFor(async () => (await findEnvironment()) === undefined, {
        what: 'the environment to stop',
        timeoutMs: STOP_TIMEOUT_MS,
      });
      console.log('The local environment is down.');
    });
}
