import type { EnvironmentDescription } from '#msk-local/environment/control/environment-description.ts';
import { addressLines, keptText } from '#msk-local/command/environment-text.ts';
import { keepIdleMemorySmall } from '#msk-local/helpers/idle-memory.ts';
import type { RunningEnvironment } from '#msk-local/environment/processes/launch-environment.ts';
import { writeEnvironmentFile } from '../connection/environment-file.ts';
import { localTarget } from '../connection/local-target.ts';
import { removeOpeningPage } from '../console/opening-file.ts';
import { startOrdersConsole } from '../console/start-orders-console.ts';
import { DEFAULT_ORDERS } from './default-orders.ts';
import { demoText } from './demo-text.ts';
import { lastErrors } from './last-errors.ts';
import { placeTestOrders } from './place-test-orders.ts';

export { prepareTables } from './prepare-tables.ts';

/** The flags of a start that concern the work. */
export interface Wish {
  readonly keep: boolean;
  readonly orders: number | undefined;
  /** False: no console. */
  readonly console: false | { readonly port: number | undefined };
}

/** Serves the console, sends the first orders and says what is where; until the environment ends. */
export async function stayUp({ description, ended }: RunningEnvironment, wish: Wish): Promise<void> {
  const page = wish.console === false ? undefined : await startOrdersConsole(description, wish.console.port);
  const consoleEndpoint = page?.endpoint;
  try {
    await writeEnvironmentFile({ ...description, consoleEndpoint });
    if (wish.keep) console.log(keptText(description));
    await placeFirstOrders(description, wish);
    console.log(addresses(description, consoleEndpoint));
    console.log('Ready. Ctrl-C stops everything.');
    keepIdleMemorySmall();
    await ended;
  } finally {
    await page?.close();
    await removeOpeningPage();
  }
}

async function placeFirstOrders(description: EnvironmentDescription, wish: Wish): Promise<void> {
  const orders = wish.orders ?? (description.data === 'new' ? DEFAULT_ORDERS : 0);
  if (orders === 0) return;
  const report = await placeTestOrders(localTarget(description), orders);
  console.log(demoText(report, report.ok ? [] : await lastErrors(description)));
}

function addresses(environment: EnvironmentDescription, consoleEndpoint: string | undefined): string {
  return [
    '',
    ...(consoleEndpoint === undefined
      ? []
      : [`Console         ${consoleEndpoint}   (read-only; with experiments: npm run orders -- console)`]),
    ...addressLines(environment),
    '',
    'From another terminal:',
    '  npm run orders -- status --watch              members, partitions, offsets and lag of every group',
    '  npm run orders -- produce --count 100         more orders',
    '  npm run orders -- pollers billing-group 3     three members share the partitions',
    '',
  ].join('\n');
}
