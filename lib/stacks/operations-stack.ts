import { Stack } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';

export interface OperationsStackProps extends StackProps {
  readonly config: StageConfig;
}

/** What people who run the consumers look at. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id, props);
    new Dashboard(this, 'Dashboard', { dashboardName: id });
  }
}
