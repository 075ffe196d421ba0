import { todosOr, type Judgement } from '../verdict.ts';

/** The use of a quota, and the addition by a deployment. */
export interface QuotaFacts {
  /** As Service Quotas names it. */
  readonly name: string;
  readonly service: string;
  /** Undefined for a quota that Service Quotas does not list by a code. */
  readonly code: string | undefined;
  readonly value: number;
  readonly used: number;
  readonly added: number;
}

export function judgeQuota({ name, service, code, value, used, added }: QuotaFacts): readonly Judgement[] {
  const share = `"${name}" is ${value}; ${used} are used and the stage adds ${added}`;
  const raise =
    code === undefined
      ? 'by a case at AWS Support'
      : `(aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} ` +
        `--desired-value ${used + added})`;
  return todosOr(used + added <= value ? [] : [`${share}: raise it ${raise}`], share);
}
