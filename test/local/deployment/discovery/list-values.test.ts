import { describe, expect, test } from '@jest/globals';
import {
  addDiscoveryOutputs,
  readDiscoveryOutputs,
} from '../../../../local/deployment/discovery/discovery-outputs.ts';
import { parseTemplate, type Json } from '../../../../local/deployment/assembly/template.ts';

const templateWith = (properties: Readonly<Record<string, Json>>) =>
  parseTemplate(
    JSON.stringify({
      Parameters: { Stage: { Type: 'String' }, Names: { Type: 'List<String>' } },
      Mappings: { Shops: { eu: { Topics: ['clicks', 'views'], Group: 'eu-group' } } },
      Resources: { Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: properties } },
    }),
  );

describe('a list of a mapping', () => {
  test.each<{ story: string; properties: Readonly<Record<string, Json>> }>([
    {
      story: 'a mapping',
      properties: { Topics: { 'Fn::FindInMap': ['Shops', { Ref: 'Stage' }, 'Topics'] } },
    },
    { story: "a resource's attribute", properties: { Topics: { 'Fn::GetAtt': ['Lookup', 'Topics'] } } },
    { story: 'a split text', properties: { Topics: { 'Fn::Split': [',', { Ref: 'Stage' }] } } },
    { story: 'a list parameter', properties: { Topics: { Ref: 'Names' } } },
    { story: 'a transform', properties: { Topics: { 'Fn::Transform': { Name: 'Topics' } } } },
  ])('comes from $story', ({ properties }) => {
    const template = templateWith(properties);
    const [, asked] = Object.entries(addDiscoveryOutputs(template).Outputs ?? {});

    const [mapping] = readDiscoveryOutputs(template, {
      LocalDiscovery0: 'uuid',
      LocalDiscovery1: 'clicks|views',
    });

    expect(asked).toEqual(['LocalDiscovery1', { Value: { 'Fn::Join': ['|', properties['Topics']] } }]);
    expect(mapping?.properties).toEqual({ Topics: ['clicks', 'views'] });
  });

  test('comes from a mapping for brokers, in one branch of a choice too', () => {
    const brokers = { 'Fn::FindInMap': ['Shops', 'eu', 'Topics'] };
    const choice = { 'Fn::If': ['IsEu', brokers, ['local:9092']] };
    const template = templateWith({
      SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: choice } },
    });

    const { Outputs = {} } = addDiscoveryOutputs(template);

    expect(Object.values(Outputs)).toContainEqual(
      expect.objectContaining({ Value: { 'Fn::Join': ['|', brokers] } }),
    );
  });
});

test('a text from a mapping of texts stays text', () => {
  const text = { 'Fn::FindInMap': ['Groups', 'eu', 'Group'] };
  const template = parseTemplate(
    JSON.stringify({
      Mappings: { Groups: { eu: { Group: 'eu-group' } } },
      Resources: {
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: text } },
        },
      },
    }),
  );

  const { Outputs = {} } = addDiscoveryOutputs(template);

  expect(Object.values(Outputs)).toEqual([{ Value: { Ref: 'Mapping' } }, { Value: text }]);
});
