import type { AuditReport } from '../../audit/index.ts';

/** A finding after a scenario, as a sentence that begins with its kind. */
export interface CampaignFinding {
  readonly kind: string;
  readonly what: string;
}

export interface Evidence {
  readonly report: AuditReport;
  readonly isDrained: boolean;
  /** Orders whose SMS had no clear answer: the only ones that may be parked as ambiguous. */
  readonly unclearSms: ReadonlySet<string>;
  /** Orders of which the table could not take down what became of a send: only their claims may be left open. */
  readonly unsettled: ReadonlySet<string>;
  /** Invocations that ran into the function's timeout, by the function's name; none has 0. */
  readonly timeouts: ReadonlyMap<string, number>;
}

/**
 * What a fault of a service or a process may not lead to: beside all that an audit finds, good orders among the dead
 * letters, records that nobody reads any more, and invocations that do not answer in time.
 */
export function judge({
  report,
  isDrained,
  unclearSms,
  unsettled,
  timeouts,
}: Evidence): readonly CampaignFinding[] {
  const groups = Object.entries(report.groups);
  return [
    ...report.findings.list
      .filter((finding) => !isOpenClaim(finding, unsettled))
      .map(({ kind, group, orderId, partition, offset, what }) => ({
        kind,
        what: [group, orderId, partition === undefined ? undefined : `${partition}:${offset ?? ''}`, what]
          .filter((part) => part !== undefined)
          .join(' '),
      })),
    ...groups.flatMap(([group, { failed, givenUpBatches }]) =>
      failed === 0
        ? []
        : [
            {
              kind: 'given-up',
              what: `The mapping of ${group} discarded ${failed} records (messages in its queue about them: ${givenUpBatches}).`,
            },
          ],
    ),
    ...groups.flatMap(([group, { parkedGood }]) =>
      parkedGood
        .filter(({ orderId, reason }) => reason !== 'send-ambiguous' || !unclearSms.has(orderId))
        .map(({ orderId, reason }) => ({
          kind: 'parked-good',
          what: `${group} parked ${orderId} as ${reason}.`,
        })),
    ),
    ...[...timeouts].map(([name, count]) => ({
      kind: 'timeout',
      what: `${name} did not answer before its timeout: ${count} ${count === 1 ? 'invocation' : 'invocations'}.`,
    })),
    ...(isDrained ? [] : groups.flatMap(([group, { waiting }]) => waitingFinding(group, waiting))),
  ];
}

/**
 * Returns whether a message was sent and its confirmation failed until the invocation ended; such a message is
 * counted and not a finding.
 */
export function isOpenClaim(
  { kind, orderId }: AuditReport['findings']['list'][number],
  unsettled: ReadonlySet<string>,
): boolean {
  return kind === 'unconfirmed' && orderId !== undefined && unsettled.has(orderId);
}

function waitingFinding(group: string, waiting: number): readonly CampaignFinding[] {
  return waiting === 0
    ? []
    : [{ kind: 'waiting', what: `${group} had ${waiting} unread records when the time was over.` }];
}
