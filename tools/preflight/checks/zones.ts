import { regions } from '../../../lib/config/regions.ts';
import type { StageConfig } from '../../../lib/config/stage-config.ts';
import { todosOr, type Judgement } from '../verdict.ts';

export interface ZoneFacts {
  /** Such as `us-east-1a`. */
  readonly name: string;
  /** Such as `use1-az1`. */
  readonly id: string;
  /** Such as `available`. */
  readonly state: string;
}

/** Checks that the zones of a stage exist in this account and can have brokers. */
export function judgeZones(
  { zones, region, stage }: StageConfig,
  there: readonly ZoneFacts[],
): readonly Judgement[] {
  const usable = there.filter(
    ({ id, state }) => state === 'available' && !(regions[region]?.withoutKafka ?? []).includes(id),
  );
  const found = zones.map((zone) => usable.find(({ name, id }) => zone === name || zone === id));
  const missing = zones.filter((_zone, index) => found[index] === undefined);
  const choice = usable.map(({ name, id }) => `${id} (${name})`).join(', ');
  return todosOr(
    missing.map(
      (zone) =>
        `${zone} cannot have brokers in this account: name another of ${choice} in lib/config/${stage}.ts`,
    ),
    found.flatMap((zone) => (zone === undefined ? [] : [`${zone.id} (${zone.name})`])).join(', '),
  );
}
