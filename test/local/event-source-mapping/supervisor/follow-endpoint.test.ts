import { expect, test } from '@jest/globals';
import {
  createEventSourceMappings,
  type EventSourceMappings,
} from '../../../../local/event-source-mapping/supervisor/event-source-mappings.ts';
import {
  createEndpointFollower,
  type MappingAtEndpoint,
} from '../../../../local/event-source-mapping/supervisor/follow-endpoint.ts';
import { aSpec } from '../builders.ts';
import { superviseFakes, type FakePollers, type Supervision } from './fake-pollers.ts';

interface Setup extends Supervision {
  readonly mappings: EventSourceMappings;
  /** Looks at an endpoint that has these mappings, and lets what follows from it happen. */
  see(...atEndpoint: readonly MappingAtEndpoint[]): Promise<void>;
  /** Lets the endpoint begin anew, without anything that was deployed. */
  forget(): void;
  /** What was told: log lines, and that all was forgotten. */
  readonly told: readonly string[];
}

/** One mapping `m` with a fake poller. */
async function follow(fakes: Partial<FakePollers> = {}): Promise<Setup> {
  const supervision = superviseFakes({ initialPollers: 1, ...fakes });
  const mappings = createEventSourceMappings(() => Promise.resolve(supervision.supervisor));
  await mappings.create({ mappingId: 'm', functionArn: 'arn', spec: aSpec() });
  let atEndpoint: readonly MappingAtEndpoint[] = [];
  let remembers = true;
  const told: string[] = [];
  const step = createEndpointFollower(mappings, {
    list: () => Promise.resolve(atEndpoint),
    remembers: () => Promise.resolve(remembers),
    forgotten: () => told.push('forgotten'),
    log: (line) => told.push(line),
  });
  const see = async (...listed: readonly MappingAtEndpoint[]): Promise<void> => {
    atEndpoint = listed;
    await step();
    await new Promise(setImmediate);
  };
  const forget = (): void => {
    remembers = false;
  };
  return { ...supervision, mappings, see, forget, told };
}

test('ESM-098 a mapping that is disabled at the endpoint stops polling, and continues when it is enabled there', async () => {
  const { supervisor, running, see } = await follow();

  await see({ mappingId: 'm', enabled: false });
  const disabled = { state: supervisor.state, pollers: running.length };
  await see({ mappingId: 'm', enabled: true });

  expect([disabled, { state: supervisor.state, pollers: running.length }]).toStrictEqual([
    { state: 'Disabled', pollers: 0 },
    { state: 'Enabled', pollers: 1 },
  ]);
});

test('ESM-099 a mapping that is deleted at the endpoint stops polling for good', async () => {
  const { mappings, running, see } = await follow();
  await see({ mappingId: 'm', enabled: true });

  await see();

  expect({ mappings: mappings.list(), running }).toStrictEqual({ mappings: [], running: [] });
});

test('mappings that are missing because the endpoint lost all of them are not deleted but reported, once', async () => {
  const { mappings, running, see, forget, told } = await follow();
  await see({ mappingId: 'm', enabled: true });
  forget();

  await see();
  await see();

  expect({ mappings: mappings.list().length, pollers: running.length, told }).toStrictEqual({
    mappings: 1,
    pollers: 1,
    told: [
      'ERROR the AWS endpoint has lost everything that was deployed to it, including the event source mappings',
      'forgotten',
    ],
  });
});

test('an endpoint that was started again and has other mappings by now has forgotten all the same', async () => {
  const { mappings, see, forget, told } = await follow();
  await see({ mappingId: 'm', enabled: true });
  forget();

  await see({ mappingId: 'another', enabled: true });

  expect([mappings.list().length, told.at(-1)]).toStrictEqual([1, 'forgotten']);
});

test('a mapping that the endpoint never listed is left alone', async () => {
  const { mappings, running, see } = await follow();

  await see({ mappingId: 'another', enabled: false });

  expect([mappings.list().length, running.length]).toStrictEqual([1, 1]);
});

test('ESM-097 a mapping that is still Disabling follows later', async () => {
  const { supervisor, running, see } = await follow({ leave: 'afterCall' });
  await see({ mappingId: 'm', enabled: false });

  await see({ mappingId: 'm', enabled: true });
  const during = supervisor.state;
  running[0]?.endCall();
  await new Promise(setImmediate);
  await see({ mappingId: 'm', enabled: true });

  expect([during, supervisor.state]).toStrictEqual(['Disabling', 'Enabled']);
});
