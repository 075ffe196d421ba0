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
    story: 'a write to a table is on its way and has not been done',
    at: { service: 'dynamodb', operations: EFFECTS, when: 'before' },
  },
  {
    name: 'after-effect',
    story: 'a write to a table is done and nobody knows',
    at: { service: 'dynamodb', operations: EFFECTS, when: 'after' },
  },
  {
    name: 'before-send',
    story: 'an e-mail is on its way to SES and not out',
    at: { service: 'ses', operations: [], when: 'before' },
  },
  {
    name: 'after-send',
    story: 'an e-mail is out and nobody knows',
    at: { service: 'ses', operations: [], when: 'after' },
  },
  {
    name: 'before-park',
    story: 'a record is on its way to the dead-letter queue',
    at: { service: 'sqs', operations: ['SendMessage'], when: 'before' },
  },
  {
    name: 'after-park',
    story: 'a record is in the dead-letter queue and nobody knows',
    at: { service: 'sqs', operations: ['SendMessage'], when: 'after' },
  },
];

/** Functions die by kill -9 at each of the points, one after the other. */
export function crashDrill(points: readonly CrashPoint[] = CRASH_POINTS): Drill {
  return {
    name: 'crash',
    story: `Every function is ended by kill -9 at ${points.length} points, one after the other.`,
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
