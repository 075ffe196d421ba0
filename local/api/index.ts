/** The package `msk-local` for test suites; its command line is in bin/. */
// oxlint-disable-next-line import/no-unassigned-import -- It ends the process, or the import, on an older Node.js.
import './require-node.ts';

export { startMskLocal } from './start-msk-local.ts';
export { connectMskLocal } from './connect-msk-local.ts';
export type { ConnectedMskLocal, MskLocal } from './msk-local.ts';
export type { MskLocalOptions } from './msk-local-options.ts';
export type { RecordToProduce } from './produce.ts';
export type { LagOptions } from './wait-for-lag-zero.ts';
export type { EmulatorOptions } from '../event-source-mapping/configuration/emulator-options.ts';
export type { BackoffPolicy } from '../event-source-mapping/configuration/backoff-policy.ts';
