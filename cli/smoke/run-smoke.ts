import { topology } from '../../lib/topology/topology.ts';
import { withMetricClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';
import { readDeadLetterDepths } from '../status/dead-letter-depths.ts';
import { checkTopic } from '../topics/check-topic.ts';
import { readHandledOrders } from '../consumers/handled-orders.ts';
import { healthyMetrics, metricText, publishedLocally } from './healthy-metrics.ts';
import { invokeProducer } from './invoke-producer.ts';
import { metricsWithoutValues, readAlarmedMetrics } from './read-metrics.ts';
import { newDeadLetters, unhandled } from './smoke-problems.ts';
import { untilComplete, type Patience } from './until-complete.ts';

const ORDERS = 10;
const LOOK_EVERY_MS = { local: 250, aws: 5_000 };
/** A poller that starts cold takes its time. */
const HANDLING_TIMEOUT_MS = { local: 60_000, aws: 180_000 };
/** CloudWatch shows the metrics of Lambda and MSK some minutes late. */
const METRICS_TIMEOUT_MS = { local: 20_000, aws: 900_000 };

/** The result of one part of the smoke test. */
export interface SmokeFinding {
  /** The successful check, as a sentence. */
  readonly fine: string;
  /** The missing or different parts; empty when there are none. */
  readonly problems: readonly string[];
}

/** Tries a deployed stage with test orders that reach nobody, part after part. */
export async function* runSmoke(target: Target, onWait: Patience['onWait']): AsyncGenerator<SmokeFinding> {
  const { kind, outputs } = target;
  const patience = (timeoutMs: number): Patience => ({ timeoutMs, everyMs: LOOK_EVERY_MS[kind], onWait });
  yield {
    fine: `the topic ${outputs.topicName} is as the topology says`,
    problems: await checkTopic(target),
  };
  const depthsBefore = await readDeadLetterDepths(target);
  const orderIds = await invokeProducer(target, ORDERS);
  yield {
    fine: `the producer sent ${ORDERS} orders, and all ${topology.consumers.length} groups have handled them`,
    problems: await untilComplete(
      async () => unhandled(orderIds, await readHandledOrders(target, orderIds)),
      patience(HANDLING_TIMEOUT_MS[kind]),
    ),
  };
  yield {
    fine: 'no order went to a dead-letter queue',
    problems: newDeadLetters(depthsBefore, await readDeadLetterDepths(target)),
  };
  yield await metricsFinding(target, patience(METRICS_TIMEOUT_MS[kind]));
}

async function metricsFinding(target: Target, patience: Patience): Promise<SmokeFinding> {
  return await withMetricClient(target, async (client) => {
    const prefix = `${target.outputs.namePrefix}-`;
    const watched = await target.watchedMetrics();
    const alarmed = watched.length > 0 ? watched : await readAlarmedMetrics(client, prefix);
    const metrics = target.kind === 'aws' ? healthyMetrics(alarmed) : publishedLocally(alarmed);
    if (metrics.length === 0)
      return {
        fine: '',
        problems: [`no alarm whose name begins with ${prefix} watches a metric of a healthy run`],
      };
    const problems = await untilComplete(async () => {
      await target.publishMetrics();
      const missing = await metricsWithoutValues(client, metrics, new Date());
      return missing.map((metric) => `no value of ${metricText(metric)}`);
    }, patience);
    return { fine: `all ${metrics.length} metrics of a healthy run have values`, problems };
  });
}
