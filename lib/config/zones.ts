import { regions } from './regions.ts';

/**
 * Returns whether a zone is named by its id (`use1-az1`), which means the same place in every account. In regions
 * from before November 2012, a letter (`us-east-1a`) is a different place in each account.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
 */
export const isZoneId = (zone: string): boolean => /-az\d+$/.test(zone);

/** Lists the problems of a stage's zones in an allowed region. */
export function zoneProblems(zones: readonly string[], regionName: string): readonly string[] {
  const region = regions[regionName];
  if (region === undefined) return [];
  const withoutKafka = region.withoutKafka ?? [];
  const allowed = `ids such as ${region.zoneIds}-az1, or letters of your account such as ${regionName}a`;
  const foreign = zones.filter((zone) => !isIn(zone, regionName, region.zoneIds));
  return [
    ...foreign.map((zone) => `zones has "${zone}", which is no zone of ${regionName}. Name ${allowed}.`),
    ...(new Set(zones).size === zones.length ? [] : [`zones has ${zones.join(', ')}; name each once.`]),
    ...(new Set(zones.map(isZoneId)).size === 1
      ? []
      : [`zones has ${zones.join(', ')}; name all by their ids or all by their letters.`]),
    ...zones
      .filter((zone) => withoutKafka.includes(zone))
      .map((zone) => `zones has "${zone}", where MSK has no brokers. Name another zone of ${regionName}.`),
  ];
}

function isIn(zone: string, region: string, zoneIds: string): boolean {
  return new RegExp(isZoneId(zone) ? `^${zoneIds}-az\\d+$` : `^${region}[a-z]$`).test(zone);
}
