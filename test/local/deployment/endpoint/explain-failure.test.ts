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
      'The SSM parameter /team/version does not exist at the endpoint: give its value with --ssm /team/version=<value>.',
  },
  {
    output: 'Template format error: Unrecognized resource types: [AWS::Glue::Registry]',
    sentence:
      'The endpoint cannot create AWS::Glue::Registry: if the functions work without it, leave it out with --leave-out <type>.',
  },
  {
    output: 'Error: connect ECONNREFUSED 127.0.0.1:4566',
    sentence: 'The endpoint has stopped answering (ECONNREFUSED): look into its log.',
  },
  {
    output: "CREATE_FAILED: Custom resource 'Deploy' timed out after 3600s",
    sentence:
      "The provider of a custom resource failed; the reason is in the endpoint's log. If the functions work without the resource, leave it out with --leave-out <logical id>.",
  },
  {
    output: "Unable to execute 'docker' in order to build a container asset",
    sentence:
      'The app needs a container image to be built, and Docker is not installed: leave out the resource with --leave-out <logical id>.',
  },
])('messages of the toolkit are explained: $output', ({ output, sentence }) => {
  expect(explainFailure(`app: deploying...\n${output}\n`)).toBe(sentence);
});

test('an unknown message gets no explanation', () => {
  expect(explainFailure('app: something else')).toBeUndefined();
});
