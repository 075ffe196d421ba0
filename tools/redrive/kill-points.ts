import type { KillPoint } from './dying-ports.ts';

/** Calls that a redrive makes many times while there is something to redrive, with the numbers at which it is killed. */
const AT_WORK = [
  ['rehearse', 1],
  ['noteTry', 1],
  ['deliver', 1],
  ['rehearse', 2],
  ['write', 1],
  ['remove', 1],
  ['noteTry', 70],
  ['deliver', 2],
  ['rehearse', 4],
  ['write', 2],
  ['remove', 2],
] as const;

/** Calls that every redrive makes. */
const AT_ANY_TIME = [
  ['hold', 1],
  ['takeTurn', 1],
  ['receive', 1],
  ['receive', 5],
  ['depth', 1],
  ['release', 1],
  ['endTurn', 1],
  ['histories', 1],
  ['supersessions', 1],
  ['letGo', 1],
] as const;

/** Every kind of call of a redrive, just before it and just after it. */
export const KILL_POINTS: readonly KillPoint[] = [...AT_WORK, ...AT_ANY_TIME].flatMap(([call, nth]) => [
  { call, nth, when: 'before' as const },
  { call, nth, when: 'after' as const },
]);
