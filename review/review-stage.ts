import { compareStages } from './changes/compare-stages.ts';
import type { Change } from './changes/compare-stages.ts';
import { refusedUpdates } from './changes/kafka-updates.ts';
import { updateBehaviour } from './changes/update-behaviour.ts';
import { unknownToCost } from './cost/fixed-cost.ts';
import { stageCost } from './cost/stage-cost.ts';
import type { StageCost } from './cost/stage-cost.ts';
import { workloads } from './cost/workload.ts';
import { findDoors } from './doors/find-doors.ts';
import type { DoorVerdict } from './doors/find-doors.ts';
import { principalsOf } from './principals.ts';
import type { PrincipalPowers } from './principals.ts';
import { dataProtection, unknownToProtection } from './protection/data-protection.ts';
import type { ProtectedResource } from './protection/data-protection.ts';
import { dollars } from './render/markdown.ts';
import type { Stage } from './stage/stage.ts';

/** The complete review of a stage. */
export interface StageReview {
  readonly stage: Stage;
  readonly principals: readonly PrincipalPowers[];
  readonly doors: readonly DoorVerdict[];
  readonly protection: readonly ProtectedResource[];
  readonly changes: readonly Change[];
  readonly cost: StageCost;
  /** The findings that block a merge, each with what to do. */
  readonly findings: readonly string[];
}

/**
 * Reviews a stage against the templates that were reviewed before.
 *
 * @throws Error when the stage has no budget, or something in it has no price.
 */
export function reviewStage(stage: Stage, reviewed: Stage): StageReview {
  const workload = workloads[stage.name];
  if (workload === undefined) {
    throw new Error(`Stage ${stage.name} has no budget; add it to review/cost/workload.ts.`);
  }
  const review = {
    stage,
    principals: principalsOf(stage),
    doors: findDoors(stage),
    protection: dataProtection(stage),
    changes: compareStages(reviewed, stage, updateBehaviour),
    cost: stageCost(stage, workload),
  };
  return { ...review, findings: [...findingsOf(review), ...refusedUpdates(reviewed, stage)] };
}

function findingsOf(review: Omit<StageReview, 'findings'>): readonly string[] {
  return [
    ...doorFindings(review.doors),
    ...review.protection.flatMap(protectionFindings),
    ...unknownTypes(review.stage),
    ...budgetFindings(review.cost),
  ];
}

function doorFindings(verdicts: readonly DoorVerdict[]): readonly string[] {
  return verdicts.flatMap(({ type, judgedBy, doors }) =>
    judgedBy === undefined
      ? [`${type} is not judged: add a rule for it to review/doors/door-rules.ts.`]
      : doors.map(({ resource, door }) => `Open door: ${resource}: ${door}. Confine it to this account.`),
  );
}

function protectionFindings({ resource, atRest, inTransit }: ProtectedResource): readonly string[] {
  return [
    ...(atRest.isProtected ? [] : [`Data at rest in ${resource}: ${atRest.how}. Encrypt it with a key.`]),
    ...(inTransit.isProtected ? [] : [`Data in transit to ${resource}: ${inTransit.how}. Refuse it.`]),
  ];
}

function unknownTypes(stage: Stage): readonly string[] {
  const unknownToUpdates = stage.resources.filter(({ type }) => updateBehaviour(type) === undefined);
  return [
    ...unknown(unknownToProtection(stage), 'whether it holds data', 'review/protection/protection-rules.ts'),
    ...unknown(unknownToCost(stage), 'what it costs', 'review/cost/fixed-cost.ts'),
    ...unknown(unknownToUpdates, 'what replaces it', 'review/changes/behaviour-overlay.ts'),
  ];
}

function unknown(resources: Stage['resources'], what: string, file: string): readonly string[] {
  const types = [...new Set(resources.map(({ type }) => type))];
  return types.map((type) => `${type} is unknown: say in ${file} ${what}.`);
}

function budgetFindings({ monthly, workload }: StageCost): readonly string[] {
  return monthly <= workload.budgetDollars
    ? []
    : [
        `The infrastructure costs ${dollars(monthly)} a month, more than its budget of ` +
          `${dollars(workload.budgetDollars)}. Make it cheaper, or raise the budget in review/cost/workload.ts.`,
      ];
}
