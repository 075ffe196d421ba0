import type { MappingProblem } from '../retry/mapping-problem.ts';

/** `USER_INITIATED`: nothing but a request brought the mapping where it is. */
export type TransitionReason = 'USER_INITIATED' | MappingProblem;
