import type { DeployedEnvironment } from '#msk-local/environment/control/environment-description.ts';
import { deployedTarget } from '../connection/local-target.ts';
import { seedCatalogue } from '../commands/stock-set.ts';
import { verifySender } from './verify-sender.ts';

/**
 * Makes a deployed environment ready for orders, before any is read. Stock that was kept is what orders have left of it: only in
 * tables that begin empty it is filled.
 */
export async function prepareTables(environment: DeployedEnvironment): Promise<void> {
  await verifySender(environment);
  if (environment.data !== 'kept') await seedCatalogue(deployedTarget(environment));
}
