import type { RecordToSend } from '@order-events/kafka-tools';
import type { Drill } from '../drill.ts';
import type { TrapPoint } from '../proxy/trap.ts';
import type { Rehearsal } from '../rehearsal.ts';

/** A point at which a function dies, as the proxy sees it from outside. */
interface CrashPoint {
  /** Such as `after-effect`. */
  readonly name: string;
  readonly story: string;
  readonly at: TrapPoint;
}

const EFFECTS = ['PutItem', 'UpdateItem', 'TransactWriteItems'];

export const CRASH_POINTS: readonly CrashPoint[] = [
  {
    name: 'before-effect',
    story: 'a write to a table is sent, but not done yet',
    at: { service: 'dynamodb', operations: EFFECTS, when: 'before' },
  },
  {
    name: 'after-effect',
    story: 'a write to a table is done, but not reported',
    at: { service: 'dynamodb', operations: EFFECTS, when: 'after' },
  },
  {
    name: 'before-send',
    story: 'an e-mail goes to SES, but is not sent yet',
    at: { service: 'ses', operations: [], when: 'before' },
  },
  {
    name: 'after-send',
    story: 'an e-mail is sent, but not reported',
    at: { service: 'ses', operations: [], when: 'after' },
  },
  {
    name: 'before-park',
    story: 'a record goes to the dead-letter queue',
    at: { service: 'sqs', operations: ['SendMessage'], when: 'before' },
  },
  {
    name: 'after-park',
    story: 'a record is in the dead-letter queue, but not reported',
    at: { service: 'sqs', operations: ['SendMessage'], when: 'after' },
  },
];

/** Functions die by kill -9 at each of the points, one after the other. */
export function crashDrill(points: readonly CrashPoint[] = CRASH_POINTS): Drill {
  return {
    name: 'crash',
    story: `kill -9 ends every function at ${points.length} points, one after the other.`,
    run: async (rehearsal) => {
      for (const point of points) {
        await rehearsal.step(`kill -9 at ${point.name}: ${point.story}`, () => crashAt(rehearsal, point));
      }
    },
  };
}

async function crashAt(rehearsal: Rehearsal, { name, at }: CrashPoint): Promise<void> {
  const { world } = rehearsal;
  let sprung = false;
  const spring = async (): Promise<void> => {
    await world.killAll('function');
    sprung = true;
  };
  const isParking = at.service === 'sqs';
  // Nothing else is under way while a record is parked: who dies with an open claim is waited for, longer than a minute.
  if (isParking) await rehearsal.recover();
  world.proxy.setTrap({ ...at, spring });
  try {
    if (isParking) await rehearsal.send([poison(`${name}-${rehearsal.options.seed}`)]);
    else await rehearsal.sendOrders();
    await rehearsal.mustCome(`The point ${name}`, () => sprung);
  } finally {
    world.proxy.clearTraps();
  }
  if (isParking) await rehearsal.sendOrders();
}

/** Something that every consumer parks. */
function poison(key: string): RecordToSend {
  return { key, value: '{"order_id":' };
}
