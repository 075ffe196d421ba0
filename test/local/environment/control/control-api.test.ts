import { expect, test } from '@jest/globals';
import { controlApp, type EnvironmentControls } from '../../../../local/environment/control/control-api.ts';
import type { EnvironmentDescription } from '../../../../local/environment/control/environment-description.ts';
import type { MappingReport } from '../../../../local/environment/control/mapping-report.ts';

const TOKEN = 'run-token';

const environment: EnvironmentDescription = {
  name: 'dev',
  region: 'us-east-1',
  bootstrapServers: '127.0.0.1:9092',
  awsEndpoint: 'http://127.0.0.1:4566',
  emailEndpoint: 'http://127.0.0.1:4566',
  isEndpointAdopted: false,
  data: 'new',
  lambdaEndpoint: 'http://127.0.0.1:1',
  controlEndpoint: 'http://127.0.0.1:2',
  controlToken: TOKEN,
  logsDirectory: '/logs',
  outputs: {},
  substitutions: [],
};

const mapping: MappingReport = {
  uuid: 'u',
  functionName: 'billing',
  consumerGroupId: 'billing-group',
  topic: 'order-events',
  state: 'Enabled',
  givenUp: { delivered: 0, dropped: 0 },
  pollers: [],
};

interface Setup {
  /** What the API made of the calls, in order. */
  readonly done: string[];
  request(method: string, path: string, body?: unknown, token?: string): Promise<Response>;
}

function controlApi(): Setup {
  const done: string[] = [];
  const controls: EnvironmentControls = {
    describe: () => environment,
    mappings: () => [mapping],
    setPollers: (group, count) => {
      done.push(`${group} ${count ?? 'auto'}`);
      return group === mapping.consumerGroupId ? mapping : undefined;
    },
    killPoller: (group, pid) => {
      done.push(`kill ${group} ${pid}`);
      return pid === 4711;
    },
    callsSince: (revision) => ({ calls: [], revision }),
    disturb: (group, { delayMs, forMs }) => {
      done.push(`disturb ${group} by ${delayMs} ms for ${forMs} ms`);
      return group === mapping.consumerGroupId;
    },
    watchedMetrics: () => [{ namespace: 'AWS/SQS', name: 'Depth', dimensions: { QueueName: 'q' } }],
    publishMetrics: () => {
      done.push('publish metrics');
      return Promise.resolve();
    },
    stop: () => {
      done.push('stop');
    },
  };
  const app = controlApp(TOKEN, controls);
  return {
    done,
    request: async (method, path, body, token = TOKEN) =>
      app.request(path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

test('a call without the token of the run is refused', async () => {
  const { request, done } = controlApi();

  const response = await request('PUT', '/groups/billing-group/pollers', { count: 2 }, 'another');

  expect({ status: response.status, done }).toEqual({ status: 401, done: [] });
});

test('the environment and its mappings are described', async () => {
  const { request } = controlApi();

  const described = [await request('GET', '/environment'), await request('GET', '/mappings')];

  expect(await Promise.all(described.map((response) => response.json()))).toEqual([environment, [mapping]]);
});

test('the number of pollers is set, and given back to the mapping by null', async () => {
  const { request, done } = controlApi();

  await request('PUT', '/groups/billing-group/pollers', { count: 7 });
  const response = await request('PUT', '/groups/billing-group/pollers', { count: null });

  expect({ answer: await response.json(), done }).toEqual({
    answer: mapping,
    done: ['billing-group 7', 'billing-group auto'],
  });
});

test.each([[-1], [1.5], [51], ['3'], [undefined]])(
  '%p pollers are refused with what is allowed',
  async (count) => {
    const { request, done } = controlApi();

    const response = await request('PUT', '/groups/billing-group/pollers', { count });

    expect({ status: response.status, text: await response.text(), done }).toEqual({
      status: 400,
      text: expect.stringContaining('a whole number from 0 to 50'),
      done: [],
    });
  },
);

test('a group without a mapping is named', async () => {
  const { request } = controlApi();

  const response = await request('PUT', '/groups/other/pollers', { count: 1 });

  expect({ status: response.status, text: await response.text() }).toEqual({
    status: 404,
    text: 'No event source mapping here has the consumer group other.',
  });
});

test('one poller is killed by its process id', async () => {
  const { request, done } = controlApi();

  const killed = await request('DELETE', '/groups/billing-group/pollers/4711');
  const unknown = await request('DELETE', '/groups/billing-group/pollers/1');

  expect({ statuses: [killed.status, unknown.status], done }).toEqual({
    statuses: [204, 404],
    done: ['kill billing-group 4711', 'kill billing-group 1'],
  });
});

test('stopping is answered before it happens', async () => {
  const { request, done } = controlApi();

  const response = await request('POST', '/stop');
  const before = [...done];
  await new Promise(setImmediate);

  expect({ status: response.status, before, after: done }).toEqual({
    status: 202,
    before: [],
    after: ['stop'],
  });
});

test('metrics are published before the call is answered', async () => {
  const { request, done } = controlApi();

  const response = await request('POST', '/metrics');

  expect({ status: response.status, done }).toEqual({ status: 204, done: ['publish metrics'] });
});

test('a function is disturbed for a while, within limits', async () => {
  const { request, done } = controlApi();
  const disturbance = { delayMs: 2_000, unreachable: ['DYNAMODB'], forMs: 20_000 };

  const statuses = [
    await request('PUT', '/groups/billing-group/disturbance', disturbance),
    await request('PUT', '/groups/other/disturbance', disturbance),
    await request('PUT', '/groups/billing-group/disturbance', { ...disturbance, forMs: 600_001 }),
    await request('PUT', '/groups/billing-group/disturbance', { ...disturbance, unreachable: ['S3'] }),
  ].map(({ status }) => status);

  expect({ statuses, done }).toEqual({
    statuses: [204, 404, 400, 400],
    done: ['disturb billing-group by 2000 ms for 20000 ms', 'disturb other by 2000 ms for 20000 ms'],
  });
});

test('the calls after a revision are listed', async () => {
  const { request } = controlApi();

  const response = await request('GET', '/calls?after=41');

  expect(await response.json()).toEqual({ calls: [], revision: 41 });
});

test('the metrics that alarms watch are listed', async () => {
  const { request } = controlApi();

  const response = await request('GET', '/watched-metrics');

  expect(await response.json()).toEqual([
    { namespace: 'AWS/SQS', name: 'Depth', dimensions: { QueueName: 'q' } },
  ]);
});
