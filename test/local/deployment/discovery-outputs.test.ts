import { describe, expect, test } from '@jest/globals';

import {
  addDiscoveryOutputs,
  ownOutputs,
  readDiscoveryOutputs,
} from '../../../local/deployment/discovery-outputs.ts';
import { parseTemplate } from '../../../local/deployment/template.ts';

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

  test('ask about a resource only where its condition holds, and take it for absent elsewhere', () => {
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

  test("are kept out of the app's own outputs", () => {
    const outputs = deploy(addDiscoveryOutputs(template).Outputs);

    expect(ownOutputs(outputs)).toEqual({ QueueUrl: '{"Ref":"Queue"}' });
  });

  test('name the resource whose answer is missing', () => {
    expect(() => readDiscoveryOutputs(template, {})).toThrow(
      'the stack lacks the output LocalDiscovery0 about Function: deploy it again',
    );
  });
});
