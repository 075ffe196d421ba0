import { expect, test } from '@jest/globals';
import { wantedTopics } from '../../../../local/environment/mappings/missing-topics.ts';
import { aSpec } from '../../event-source-mapping/builders.ts';

test("a topic that nobody creates has its cluster's partitions, else those of all, and its failures go to one alike", () => {
  const [small, large] = [
    'arn:aws:kafka:eu-west-1:1:cluster/small/1-1',
    'arn:aws:kafka:eu-west-1:1:cluster/large/2-1',
  ];
  const onFailure = { OnFailure: { Destination: 'kafka://failed-clicks' } };

  const wanted = wantedTopics(
    [
      aSpec({ EventSourceArn: large, Topics: ['clicks'], DestinationConfig: onFailure }),
      aSpec({ EventSourceArn: small, Topics: ['views'] }),
      aSpec({ EventSourceArn: small, Topics: ['clicks'] }),
    ],
    { partitions: 3, defaultPartitions: new Map([[large ?? '', 9]]) },
  );

  expect(wanted).toEqual([
    { topic: 'clicks', partitions: 9 },
    { topic: 'failed-clicks', partitions: 9 },
    { topic: 'views', partitions: 3 },
  ]);
});
