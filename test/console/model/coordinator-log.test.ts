import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readCoordinatorLine, readMappingLine } from '../../../console/model/coordinator-log.ts';

const MEMBER = 'event-poller-7-0d8f949c-e6a1-44d5-9b13-0a80281bcb33';
const said = (text: string): string =>
  `2026-11-30T02:49:32.506Z [executor-Heartbeat] INFO kafka.coordinator.group.GroupCoordinator - [GroupCoordinator 1]: ${text}`;
const preparing = (reason: string): string =>
  said(
    `Preparing to rebalance group billing-group in state PreparingRebalance with old generation 2 (__consumer_offsets-0) (reason: ${reason})`,
  );
const at = Date.parse('2026-11-30T02:49:32.506Z');
const ofGroup = { at, groupId: 'billing-group' };

test.each([
  {
    line: preparing(`Adding new member ${MEMBER} with group instance id None; client reason: )`.slice(0, -1)),
    event: { kind: 'preparing', oldGeneration: 2, cause: { kind: 'join', member: MEMBER } },
  },
  {
    line: preparing(`Removing member ${MEMBER} on LeaveGroup; client reason: not provided`),
    event: { kind: 'preparing', oldGeneration: 2, cause: { kind: 'leave', member: MEMBER } },
  },
  {
    line: preparing(`removing member ${MEMBER} on heartbeat expiration`),
    event: { kind: 'preparing', oldGeneration: 2, cause: { kind: 'timeout', member: MEMBER } },
  },
  {
    line: preparing(`Leader ${MEMBER} re-joining group during Stable; client reason: not provided`),
    event: {
      kind: 'preparing',
      oldGeneration: 2,
      cause: {
        kind: 'rejoin',
        member: MEMBER,
        reason: `Leader ${MEMBER} re-joining group during Stable; client reason: not provided`,
      },
    },
  },
  {
    line: preparing('something that a later version says'),
    event: {
      kind: 'preparing',
      oldGeneration: 2,
      cause: { kind: 'unknown', reason: 'something that a later version says' },
    },
  },
  {
    line: said('Stabilized group billing-group generation 3 (__consumer_offsets-0) with 2 members'),
    event: { kind: 'stabilized', generation: 3, members: 2 },
  },
  {
    line: said('Group billing-group with generation 4 is now empty (__consumer_offsets-0)'),
    event: { kind: 'stabilized', generation: 4, members: 0 },
  },
  {
    line: said(
      `Assignment received from leader ${MEMBER} for group billing-group for generation 3. The group has 2 members, 0 of which are static.`,
    ),
    event: { kind: 'assigned', generation: 3 },
  },
  {
    line: said(
      `Dynamic member with unknown member id joins group billing-group in Stable state. Created a new member id ${MEMBER} and request the member to rejoin with this id.`,
    ),
    event: { kind: 'joining', member: MEMBER },
  },
  {
    line: said(
      `Member MemberMetadata(memberId=${MEMBER}, groupInstanceId=None, clientId=event-poller-7, clientHost=/127.0.0.1, sessionTimeoutMs=6000, rebalanceTimeoutMs=60000, supportedProtocols=List(range)) has left group billing-group through explicit \`LeaveGroup\`; client reason: not provided`,
    ),
    event: { kind: 'left', member: MEMBER },
  },
])('the line of the coordinator is read as $event.kind', ({ line, event }) => {
  expect(readCoordinatorLine(line)).toEqual({ ...ofGroup, ...event });
});

test.each([
  [said('Member x in group billing-group has failed, removing it from the group')],
  ['2026-11-30T02:49:32.506Z [main] WARN org.apache.kafka.other.Thing - [x]: y'],
  ['a line of a stack trace'],
  [''],
])('other lines tell nothing: %s', (line) => {
  expect(readCoordinatorLine(line)).toBeUndefined();
});

test('the log of the mappings tells when the process of a poller ended', () => {
  const line = `2026-11-30T02:49:32.506Z WARN topic order-events, group billing-group: poller 7 has ended; a new one replaces it in 12000 ms`;
  const writer = readFileSync('local/event-source-mapping/supervisor/supervise-mapping.ts', 'utf8');

  expect({
    writes: writer.includes('`poller ${pid} has ended; a new one'),
    reads: [
      readMappingLine(line),
      readMappingLine('2026-11-30T02:49:32.506Z INFO topic t, group g: Enabled'),
    ],
  }).toEqual({ writes: true, reads: [{ ...ofGroup, kind: 'gone', pid: 7 }, undefined] });
});
