import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readGroups } from '@order-events/kafka-tools';
import type { AuditReport } from '../../audit/index.ts';
import { runDoctor } from '../../cli/doctor/run-doctor.ts';
import { intrude, type Taken } from '../../cli/drill/intruder.ts';
import { Rehearsal } from '../../cli/drill/rehearsal.ts';
import { randomOf } from '../../cli/drill/world/random.ts';
import { World } from '../../cli/drill/world/world.ts';
import { devAssembly } from '../../cli/order-events-app.ts';
import type { Diagnosis } from '../../doctor/index.ts';
import { handOverAgain } from '../../tools/faults/planted/hand-over-again.ts';
import { plant } from '../../tools/faults/planted/plant.ts';
import { plantedBug } from '../../tools/faults/planted/planted-bugs.ts';

jest.setTimeout(900_000);

const INTRUDED = 'notification-group';

let world: World;
let taken: readonly Taken[];
let diagnosis: Diagnosis;
let report: AuditReport;
let handedOver: readonly string[];
let afterRedrive: AuditReport;

/** A bug in each group, so that one run shows all of them: the group of a finding says which bug it is of. */
beforeAll(async () => {
  const assembly = await devAssembly();
  const first = await plantIn(assembly, 'invoice-overwritten', 'functions/billing/handler.ts');
  const second = await plantIn(first, 'commit-before-effect', 'functions/inventory/handler.ts');
  const third = await plantIn(second, 'redrive-without-dedupe', 'functions/notifications/handler.ts');
  try {
    world = await World.start({ assembly: third, random: randomOf(1) });
  } finally {
    await rm(dirname(first), { recursive: true });
    await rm(dirname(second), { recursive: true });
    await rm(dirname(third), { recursive: true });
  }
  await sufferBugs();
});

afterAll(async () => {
  await world.stop({ keepLogs: false });
});

async function plantIn(assembly: string, bug: string, entry: string): Promise<string> {
  const { patch } = plantedBug(bug);
  if (patch === undefined) throw new Error(`${bug} changes no code.`);
  return plant(assembly, patch, [entry]);
}

async function sufferBugs(): Promise<void> {
  const { target } = world;
  const rehearsal = new Rehearsal(world, {
    seed: 4,
    orders: 60,
    faultMs: 0,
    recoverWithinMs: 120_000,
    onStep: () => undefined,
  });
  const stranger = await intrude({
    brokers: target.brokers.brokers,
    groupId: INTRUDED,
    topic: target.outputs.topicName,
  });
  await rehearsal.mustCome('Partitions for the stranger', async () => {
    const group = (await readGroups(await target.kafka())).find(({ groupId }) => groupId === INTRUDED);
    return group?.state === 'Stable' && group.members.length > 1;
  });
  diagnosis = await runDoctor(target, { forMs: 0, onWait: () => undefined });
  // An answer is given before its effects are written: whoever dies in between loses them.
  world.proxy.setTrap({
    service: 'dynamodb',
    operations: ['TransactWriteItems'],
    when: 'before',
    spring: () => world.killAll('function'),
  });
  await rehearsal.sendOrders();
  await rehearsal.recover();
  await stranger.leave();
  ({ taken } = stranger);
  report = await rehearsal.audit();
  handedOver = await handOverAgain(world);
  afterRedrive = await rehearsal.audit();
}

/** Orders whose customers got something twice. */
function doubled({ findings }: AuditReport): ReadonlySet<string> {
  return new Set(
    findings.list.flatMap(({ kind, orderId }) =>
      kind === 'double' && orderId !== undefined ? [orderId] : [],
    ),
  );
}

/** Kinds of what the audit says of a group where it names an order. */
function kindsOf(group: string): readonly string[] {
  const named = report.findings.list.filter((finding) => finding.group === group && finding.orderId);
  return [...new Set(named.map(({ kind }) => kind))];
}

test('the audit names the orders whose invoice was overwritten as dedupe is off', () => {
  const kinds = kindsOf('billing-group');

  expect(kinds).toContain('wrong');
});

test('the audit names the orders that were committed before their effect', () => {
  const kinds = kindsOf('inventory-group');

  expect(kinds).toContain('missing');
});

test('the doctor names a stranger in a group', () => {
  const verdict = diagnosis.checks.find(({ name }) => name === 'intruder')?.verdict;

  expect(verdict).toMatchObject({ kind: 'finding', findings: [{ group: INTRUDED }] });
});

test('the audit lists the records that a foreign member committed and no function handled, and nothing else', () => {
  const ranges = report.groups[INTRUDED]?.neverHandled.ranges ?? [];
  const named = ranges.flatMap(({ partition, first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => `${partition}:${first + index}`),
  );

  const places = new Set(taken.map(({ partition, offset }) => `${partition}:${offset}`));
  expect([named.length > 0, named.filter((place) => !places.has(place))]).toEqual([true, []]);
});

test('the audit names the orders that a redrive without dedupe did twice', () => {
  const before = doubled(report);

  const named = [...doubled(afterRedrive)].filter((orderId) => !before.has(orderId));

  expect([handedOver.length > 0, named.length > 0]).toEqual([true, true]);
});
