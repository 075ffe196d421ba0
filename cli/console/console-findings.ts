import type { GroupReport } from '@order-events/kafka-tools';
import type { FindingView } from '../../console/model/watch-views.ts';
import type { Target } from '../connection/target.ts';
import { readTimesLeft } from '../doctor/read-times-left.ts';
import { quickDiagnosis } from '../doctor/run-doctor.ts';

/** What the doctor finds in these groups; a check that could not look finds nothing. */
export async function readFindings(
  target: Target,
  groups: readonly GroupReport[],
): Promise<readonly FindingView[]> {
  const { timesLeft } = await readTimesLeft(target, groups);
  const { checks } = await quickDiagnosis(target, groups, timesLeft);
  return checks.flatMap(({ name, matters, verdict }) =>
    verdict.kind === 'finding' ? verdict.findings.map((found) => ({ check: name, matters, ...found })) : [],
  );
}
