import { todosOr, type Judgement } from '../verdict.ts';

/** How much of a quota is used, and what a deployment adds to it. */
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

export function judgeQuotas(quotas: readonly QuotaFacts[]): readonly Judgement[] {
  return quotas.flatMap(({ name, service, code, value, used, added }) =>
    todosOr(
      used + added <= value
        ? []
        : [
            `"${name}" is ${value}; ${used} are used and the stage adds ${added}: raise it ` +
              (code === undefined
                ? 'by a case at AWS Support'
                : `(aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} ` +
                  `--desired-value ${used + added})`),
          ],
      `"${name}" is ${value}; ${used} are used and the stage adds ${added}`,
    ),
  );
}
