import type { Check } from './check.ts';
import { colon } from './checks/colon.ts';
import { hotKey } from './checks/hot-key.ts';
import { hotPartition } from './checks/hot-partition.ts';
import { idleMembers } from './checks/idle-members.ts';
import { intruder } from './checks/intruder.ts';
import { jumpedAhead } from './checks/jumped-ahead.ts';
import { movedBack } from './checks/moved-back.ts';
import { noCommit } from './checks/no-commit.ts';
import { retention } from './checks/retention.ts';
import { restlessMembers } from './checks/restless-members.ts';
import { samePurpose } from './checks/same-purpose.ts';
import { sessionOverrun } from './checks/session-overrun.ts';
import { sharedGroup } from './checks/shared-group.ts';
import { unbalanced } from './checks/unbalanced.ts';

/** All checks; those about lost records come first. */
export const ALL_CHECKS: readonly Check[] = [
  intruder,
  sharedGroup,
  jumpedAhead,
  movedBack,
  retention,
  noCommit,
  unbalanced,
  idleMembers,
  restlessMembers,
  sessionOverrun,
  samePurpose,
  hotPartition,
  hotKey,
  colon,
];
