import { describe, expect, test } from '@jest/globals';

import {
  addDiscoveryOutputs,
  ownOutputs,
  readDiscoveryOutputs,
} from '../../../../local/deployment/discovery/discovery-outputs.ts';
import { parseTemplate } from '../../../../local/deployment/assembly/template.ts';

const template = parseTemplate(
  JSON.stringify({
    Resources: {
      Function: { Type: 'AWS::Lambda::Function', Properties: { Role: { Ref: 'Role' } } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          Topics: ['order-events'],
          EventSourceArn: { 'Fn::ImportValue': 'streaming:arn' },
          SourceAccessConfigurations: [{ Type: 'SASL', URI: { Ref: 'Secret' } }],
        },
      },
      Queue: { Type: 'AWS::SQS::Queue' },
    },
    Outputs: { QueueUrl: { Value: { Ref: 'Queue' } } },
  }),
);

/** Plays CloudFormation: each output's value as text. */
const deploy = (
  outputs: Readonly<Record<string, { readonly [key: string]: unknown }>> = {},
): Record<string, string> =>
  Object.fromEntries(Object.entries(outputs).map(([name, { Value }]) => [name, JSON.stringify(Value)]));

describe('discovery outputs', () => {
  test('ask for every physical id, and for every intrinsic function inside a mapping', () => {
    const { Outputs = {} } = addDiscoveryOutputs(template);

    expect(Object.values(Outputs)).toEqual([
      { Value: { Ref: 'Queue' } },
      { Value: { Ref: 'Function' } },
      { Value: { Ref: 'Mapping' } },
      { Value: { 'Fn::ImportValue': 'streaming:arn' } },
      { Value: { Ref: 'Secret' } },
    ]);
  });

  test('bring back each mapping with its properties resolved', () => {
    const outputs = deploy(addDiscoveryOutputs(template).Outputs);

    const resources = readDiscoveryOutputs(template, outputs);

    expect(resources).toEqual([
      {
        logicalId: 'Function',
        type: 'AWS::Lambda::Function',
        physicalId: '{"Ref":"Function"}',
        properties: { Role: { Ref: 'Role' } },
      },
      {
        logicalId: 'Mapping',
        type: 'AWS::Lambda::EventSourceMapping',
        physicalId: '{"Ref":"Mapping"}',
        properties: {
          Topics: ['order-events'],
          EventSourceArn: '{"Fn::ImportValue":"streaming:arn"}',
          SourceAccessConfigurations: [{ Type: 'SASL', URI: '{"Ref":"Secret"}' }],
        },
      },
    ]);
  });

  test('ask about a resource only when its condition holds, and treat it as absent otherwise', () => {
    const conditional = parseTemplate(
      JSON.stringify({
        Resources: {
          Always: { Type: 'AWS::Lambda::Function' },
          InProd: {
            Type: 'AWS::Lambda::EventSourceMapping',
            Condition: 'IsProd',
            Properties: { Topics: { Ref: 'Name' } },
          },
        },
      }),
    );

    const { Outputs = {} } = addDiscoveryOutputs(conditional);
    const [always = ''] = Object.keys(Outputs);
    const elsewhere = readDiscoveryOutputs(conditional, { [always]: 'always' });

    expect(Object.values(Outputs)).toEqual([
      { Value: { Ref: 'Always' } },
      { Value: { Ref: 'InProd' }, Condition: 'IsProd' },
      { Value: { Ref: 'Name' }, Condition: 'IsProd' },
    ]);
    expect(elsewhere.map(({ logicalId }) => logicalId)).toEqual(['Always']);
  });

  describe('of a mapping that chooses, and takes lists', () => {
    const choosing = parseTemplate(
      JSON.stringify({
        Parameters: { Names: { Type: 'CommaDelimitedList' } },
        Resources: {
          Mapping: {
            Type: 'AWS::Lambda::EventSourceMapping',
            Condition: 'IsMade',
            Properties: {
              Topics: { Ref: 'Names' },
              Endpoints: { 'Fn::Split': [',', { Ref: 'Brokers' }] },
              BatchSize: { 'Fn::If': ['IsSmall', 5, { Ref: 'AWS::NoValue' }] },
              Destination: { 'Fn::If': ['IsSmall', { Ref: 'AWS::NoValue' }, { Arn: { Ref: 'Queue' } }] },
            },
          },
        },
      }),
    );
    const small = { 'Fn::And': [{ Condition: 'IsMade' }, { Condition: 'IsSmall' }] };
    const large = { 'Fn::And': [{ Condition: 'IsMade' }, { 'Fn::Not': [{ Condition: 'IsSmall' }] }] };

    test('are asked as text, once each, under the conditions of the resource and of the choice', () => {
      const { Outputs, Conditions } = addDiscoveryOutputs(choosing);

      expect({ Outputs, Conditions }).toEqual({
        Outputs: {
          LocalDiscovery0: { Value: { Ref: 'Mapping' }, Condition: 'IsMade' },
          LocalDiscovery1: { Value: { 'Fn::Join': ['|', { Ref: 'Names' }] }, Condition: 'IsMade' },
          LocalDiscovery2: {
            Value: { 'Fn::Join': ['|', { 'Fn::Split': [',', { Ref: 'Brokers' }] }] },
            Condition: 'IsMade',
          },
          LocalDiscovery3: { Value: 'true', Condition: 'LocalDiscovery3' },
          LocalDiscovery4: { Value: { Ref: 'Queue' }, Condition: 'LocalDiscovery4' },
        },
        Conditions: { LocalDiscovery3: small, LocalDiscovery4: large },
      });
    });

    test.each([
      {
        story: 'the first branch',
        outputs: { LocalDiscovery3: 'true' },
        chosen: { BatchSize: 5 },
      },
      {
        story: 'the second branch',
        outputs: { LocalDiscovery4: 'arn' },
        chosen: { Destination: { Arn: 'arn' } },
      },
    ])('bring back $story, without what has no value, and lists as lists', ({ outputs, chosen }) => {
      const always = { LocalDiscovery0: 'uuid', LocalDiscovery1: 'clicks', LocalDiscovery2: 'a:1|b:2' };

      const [mapping] = readDiscoveryOutputs(choosing, { ...always, ...outputs });

      expect(mapping?.properties).toEqual({ Topics: ['clicks'], Endpoints: ['a:1', 'b:2'], ...chosen });
    });
  });

  test("are kept out of the app's own outputs", () => {
    const outputs = deploy(addDiscoveryOutputs(template).Outputs);

    expect(ownOutputs(outputs)).toEqual({ QueueUrl: '{"Ref":"Queue"}' });
  });

  test('name the resource whose answer is missing', () => {
    expect(() => readDiscoveryOutputs(template, {})).toThrow(
      "the endpoint's CloudFormation gave no value for output LocalDiscovery0, which asks about Function: delete the stack at the " +
        'endpoint, and deploy it again',
    );
  });
});

describe('discovery outputs of a mapping that is not deployed', () => {
  const deployed = parseTemplate(JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }));
  const absent = {
    Mapping: {
      physicalId: 'a-uuid',
      resource: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { Topics: ['orders'], Destination: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
      },
    },
  };

  test('answer with its literal id, and with what the endpoint resolves in its properties', () => {
    const { Outputs } = addDiscoveryOutputs(deployed, absent);
    const resources = readDiscoveryOutputs(deployed, deploy(Outputs), absent);

    expect([Outputs, resources]).toEqual([
      {
        LocalDiscovery0: { Value: 'a-uuid' },
        LocalDiscovery1: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
      },
      [
        {
          logicalId: 'Mapping',
          type: 'AWS::Lambda::EventSourceMapping',
          physicalId: '"a-uuid"',
          properties: { Topics: ['orders'], Destination: '{"Fn::GetAtt":["Queue","Arn"]}' },
        },
      ],
    ]);
  });
});
