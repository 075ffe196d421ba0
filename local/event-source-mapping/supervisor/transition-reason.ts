import type { MappingProblem } from '../retry/mapping-problem.ts';

/** The reason for a mapping's state. `USER_INITIATED` means that a request, and nothing else, caused it. */
export type TransitionReason = 'USER_INITIATED' | MappingProblem;
