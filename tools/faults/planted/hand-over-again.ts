import type { World } from '../../../cli/drill/world/world.ts';
import { withLocalPorts } from '../../../cli/operations/run-locally.ts';

/** Of each partition. */
const RECORDS = 3;

/** The id of a record that a consumer got again, in the form of a dead letter's id: `<partition>:<offset>`. */
export type HandedOver = string;

/** Delivers the first records of each partition to notifications again, like a redrive that skips nothing. */
export async function handOverAgain({ target }: Pick<World, 'target'>): Promise<readonly HandedOver[]> {
  return withLocalPorts(target, undefined, async ({ topic, consumers }) => {
    const places: HandedOver[] = [];
    for (const [partition, { start, end }] of await topic.bounds()) {
      for await (const record of topic.read(partition, start, Math.min(end, start + RECORDS))) {
        await consumers['notifications']?.deliver([record]);
        places.push(`${partition}:${record.offset}`);
      }
    }
    return places;
  });
}
