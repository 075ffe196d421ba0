import { AlarmRule, AlarmState } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmSpec } from '../alarms/alarm-spec.ts';
import { consumerAlarms } from '../alarms/consumer-alarms.ts';
import type { ConsumerMetrics } from '../alarms/consumer-metrics.ts';
import { createAlarms, createComposite, type AlarmPlace } from '../alarms/create-alarms.ts';
import { ConsumerDashboard, ServiceDashboard } from '../alarms/dashboards.ts';
import { OBJECTIVE_COMPOSITES, objectiveAlarms } from '../alarms/objective-alarms.ts';
import { deploymentAlarm, samplerAlarm } from '../alarms/service-alarms.ts';
import type { StageConfig } from '../config/stage-config.ts';
import type { ConsumerSpec } from '../topology/topology-types.ts';
import { watchedCluster } from './watched-cluster.ts';

export interface StageAlarmsProps {
  readonly config: StageConfig;
  /** What alarm names begin with. */
  readonly prefix: string;
  /** Where the functions of the stage publish their own metrics. */
  readonly namespace: string;
  readonly topic: ITopic;
  readonly clusterName: string;
  readonly consumers: readonly { readonly spec: ConsumerSpec; readonly metrics: ConsumerMetrics }[];
}

/** The alarms on the consumers, those on the service as a whole, the page that joins them, and the dashboards. */
export class StageAlarms extends Construct {
  readonly #props: StageAlarmsProps;
  readonly #place: AlarmPlace;

  constructor(scope: Construct, id: string, props: StageAlarmsProps) {
    super(scope, id);
    this.#props = props;
    this.#place = { prefix: props.prefix, action: new SnsAction(props.topic) };
    const consumerParts = props.consumers.flatMap((consumer) => this.#watchConsumer(consumer));
    const deploying = this.#create('deploying', [deploymentAlarm(this, props.prefix)], this.#place);
    const sampler = this.#create('sampler', [samplerAlarm(props.namespace)], this.#place);
    const [suppressor] = deploying.values();
    if (suppressor === undefined) throw new Error('The alarm on deployments is missing.');
    this.#pageForProgress([...consumerParts, ...sampler.values()], suppressor);
    this.#watchObjective(suppressor);
    this.#addDashboards();
  }

  /** Creates a consumer's alarms, and gives those that page together. */
  #watchConsumer({ spec, metrics }: StageAlarmsProps['consumers'][number]): readonly Alarm[] {
    const { config, prefix } = this.#props;
    const specs = consumerAlarms({
      spec,
      metrics,
      thresholds: config.alarms,
      maximumPollers: config.pollers.maximum,
      responseTimeHours: config.responseTimeHours,
    });
    const alarms = this.#create(spec.name, specs, { ...this.#place, prefix: `${prefix}-${spec.name}` });
    return specs.flatMap(({ name, urgency }) => (urgency === 'part' ? (alarms.get(name) ?? []) : []));
  }

  #create(id: string, specs: readonly AlarmSpec[], place: AlarmPlace): ReadonlyMap<string, Alarm> {
    return createAlarms(new Construct(this, id), specs, place);
  }

  #pageForProgress(parts: readonly Alarm[], suppressor: Alarm): void {
    createComposite(
      this,
      {
        name: 'orders-stand-still',
        meaning: 'At least one consumer is behind, makes no progress or is not seen at all.',
        business: 'Orders wait, or may wait without anybody seeing it.',
        urgency: 'page',
        why: 'Each part says by itself what lasts; together they are one page for one cause.',
        rule: anyOf(parts),
        suppressor,
      },
      this.#place,
    );
  }

  #watchObjective(suppressor: Alarm): void {
    const { config, consumers } = this.#props;
    const parts = this.#create(
      'objective',
      objectiveAlarms({
        objective: config.alarms.objective,
        consumers: consumers.map(({ metrics }) => metrics),
      }),
      this.#place,
    );
    for (const { parts: names, ...composite } of OBJECTIVE_COMPOSITES) {
      const rules = names.flatMap((name) => parts.get(name) ?? []).map(inAlarm);
      createComposite(
        this,
        { ...composite, runbook: 'error-budget', rule: AlarmRule.allOf(...rules), suppressor },
        this.#place,
      );
    }
  }

  #addDashboards(): void {
    const { config, prefix, consumers, clusterName } = this.#props;
    new ServiceDashboard(this, 'Dashboard', {
      dashboardName: prefix,
      consumers: consumers.map(({ metrics }) => metrics),
      cluster: watchedCluster(config, clusterName),
    });
    for (const { spec, metrics } of consumers) {
      new ConsumerDashboard(this, `${spec.name}-dashboard`, {
        dashboardName: `${prefix}-${spec.name}`,
        metrics,
      });
    }
  }
}

function anyOf(alarms: readonly Alarm[]): ReturnType<typeof AlarmRule.anyOf> {
  return AlarmRule.anyOf(...alarms.map(inAlarm));
}

function inAlarm(alarm: Alarm): ReturnType<typeof AlarmRule.fromAlarm> {
  return AlarmRule.fromAlarm(alarm, AlarmState.ALARM);
}
