import { numberAt, textAt } from '../../lib/guards/json-access.ts';
import type { Resource } from '../stage/stage.ts';
import { costLine, HOURS_PER_MONTH } from './cost-line.ts';
import type { CostLine } from './cost-line.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
const POLLERS_PER_UNIT = 10;

/** Event poller units at the least number of pollers; mappings of one group share them. */
export function pollerCost(mappings: readonly Resource[]): readonly CostLine[] {
  const provisioned = mappings.filter(
    ({ properties }) => numberAt(properties, 'ProvisionedPollerConfig', 'MinimumPollers') !== undefined,
  );
  const groups = Map.groupBy(
    provisioned,
    ({ name, properties }) => textAt(properties, 'ProvisionedPollerConfig', 'PollerGroupName') ?? name,
  );
  return [...groups.values()].map(groupCost);
}

function groupCost(members: readonly Resource[]): CostLine {
  const sum = (key: string): number =>
    members.reduce(
      (pollers, { properties }) => pollers + (numberAt(properties, 'ProvisionedPollerConfig', key) ?? 0),
      0,
    );
  const [least, most] = [sum('MinimumPollers'), sum('MaximumPollers')];
  const [units, unitsAtMost] = [least, most].map((pollers) => Math.ceil(pollers / POLLERS_PER_UNIT));
  return costLine({
    what: `Event pollers of ${members.length} mappings`,
    formula:
      `${units} EPU (${least} pollers) × ${HOURS_PER_MONTH} h; ` +
      `scaled out to ${most} pollers ${unitsAtMost} EPU`,
    quantity: (units ?? 0) * HOURS_PER_MONTH,
    billed: 'eventPollerUnit',
  });
}
