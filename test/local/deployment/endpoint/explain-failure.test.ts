import { expect, test } from '@jest/globals';
import { explainFailure } from '../../../../local/deployment/endpoint/explain-failure.ts';

test.each([
  {
    output: 'ValidationError: Parameters: [Cluster, Stage] must have values',
    sentence: 'The parameters Cluster, Stage have no value: give each with --parameter <name>=<value>.',
  },
  {
    output: "failed: Error: No export named 'platform-arn' found",
    sentence: 'No stack exports platform-arn: give its value with --export platform-arn=<value>.',
  },
  {
    output: 'SSM parameter /team/version not found. Has the environment been bootstrapped?',
    sentence:
      'The SSM parameter /team/version is not at the endpoint: give its value with --ssm /team/version=<value>.',
  },
  {
    output: 'Template format error: Unrecognized resource types: [AWS::Glue::Registry]',
    sentence:
      'The endpoint cannot create AWS::Glue::Registry: leave out what the functions can do without, with --leave-out <type>.',
  },
  {
    output: 'Error: connect ECONNREFUSED 127.0.0.1:4566',
    sentence: 'The endpoint does not answer any more (ECONNREFUSED): look into its log.',
  },
  {
    output: "CREATE_FAILED: Custom resource 'Deploy' timed out after 3600s",
    sentence:
      'The provider of a custom resource failed: leave the resource out with --leave-out <logical id> if the functions ' +
      "can do without it. Its reason is in the endpoint's log.",
  },
  {
    output: "Unable to execute 'docker' in order to build a container asset",
    sentence:
      'A container image of the app is to be built, and Docker is not here: leave out what needs it with --leave-out <logical id>.',
  },
])('what the toolkit says is explained: $output', ({ output, sentence }) => {
  expect(explainFailure(`app: deploying...\n${output}\n`)).toBe(sentence);
});

test('what nobody knows is left to speak for itself', () => {
  expect(explainFailure('app: something else')).toBeUndefined();
});
