import type { DeployedFunction } from '../../../../local/deployment/discovery/deployed-app.ts';

/** A deployed function named `clicks`, with some of it as a test needs it. */
export const deployedFunction = (chosen: Partial<DeployedFunction> = {}): DeployedFunction => ({
  stackName: 'shop',
  logicalId: 'Clicks',
  functionName: 'clicks',
  functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:clicks',
  codeDirectory: '/code',
  handler: 'index.handler',
  runtime: 'nodejs22.x',
  memorySizeMb: 128,
  timeoutSeconds: 3,
  environment: {},
  ...chosen,
});
