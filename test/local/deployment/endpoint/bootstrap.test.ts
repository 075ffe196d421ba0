import { expect, test } from '@jest/globals';
import { qualifiersOf } from '../../../../local/deployment/endpoint/bootstrap.ts';

test("every qualifier that stacks name is bootstrapped, and the CDK's own in any case", () => {
  const versionParameters = new Set([
    '/cdk-bootstrap/team7/version',
    '/cdk-bootstrap/hnb659fds/version',
    '/platform/bootstrap-version',
  ]);

  expect(qualifiersOf({ versionParameters, buckets: new Set() })).toEqual(['hnb659fds', 'team7']);
});
