import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Construct } from 'constructs';

export interface BrokerStorageScalingProps {
  readonly clusterArn: string;
  readonly ceilingGibibytes: number;
}

const SERVICE_NAMESPACE = 'kafka';
const SCALABLE_DIMENSION = 'kafka:broker-storage:VolumeSize';

/**
 * Grows the storage of Standard brokers at 60 % use, never shrinks it.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html
 */
export class BrokerStorageScaling extends Construct {
  constructor(scope: Construct, id: string, props: BrokerStorageScalingProps) {
    super(scope, id);
    const target = new CfnScalableTarget(this, 'Target', {
      serviceNamespace: SERVICE_NAMESPACE,
      scalableDimension: SCALABLE_DIMENSION,
      resourceId: props.clusterArn,
      minCapacity: 1,
      maxCapacity: props.ceilingGibibytes,
    });
    new CfnScalingPolicy(this, 'Policy', {
      policyName: 'grow-broker-storage',
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'KafkaBrokerStorageUtilization' },
        targetValue: 60,
        disableScaleIn: true,
      },
    });
  }
}
