import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { execa } from 'execa';
import { openingPage } from '../../console/server/session-page.ts';
import { connectToEnvironment } from '../connection/find-environment.ts';
import { readEnvironmentFile } from '../connection/environment-file.ts';
import { writeOpeningPage } from '../console/opening-file.ts';

const EXAMPLES = `
Examples:
  orders console             opens the console, with experiments and redrive
  orders console --no-open   writes the file and prints its path

The address that npm start prints is read-only. This command writes a file that only you can read, which passes the token of
the run to the console. So the token is in no address and no log.`;

/** `orders console`: opens the page of the running environment, with the right to change things. */
export function consoleCommand(): CommandUnknownOpts {
  return new Command('console')
    .description('open the console in a browser, with experiments and redrive')
    .option('--no-open', 'write the file that opens the console, and print its path')
    .addHelpText('after', EXAMPLES)
    .action(async ({ open }) => {
      const { environment } = await connectToEnvironment();
      const endpoint = (await readEnvironmentFile())?.consoleEndpoint;
      if (endpoint === undefined) {
        throw new Error('The environment runs without its console: start it again without --no-console.');
      }
      const path = await writeOpeningPage(openingPage(endpoint, environment.controlToken));
      if (open && (await openInBrowser(path))) {
        console.log(`Opened the console at ${endpoint}.`);
        return;
      }
      console.log(`Open this file in a browser:\n  ${path}`);
    });
}

/** @returns whether there is a program that opens files here. */
async function openInBrowser(path: string): Promise<boolean> {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const { failed } = await execa(program, [path], { reject: false, stdio: 'ignore' });
  return !failed;
}
