import { describe, expect, test } from '@jest/globals';

import { exportStackOutputs } from '../../../../local/deployment/substitution/stack-outputs.ts';
import { parseTemplate, type Json } from '../../../../local/deployment/assembly/template.ts';

const stack = (stackName: string, template: object) => ({
  stackName,
  template: parseTemplate(JSON.stringify({ Resources: {}, ...template })),
});

const weak = (StackName: string, OutputName: string): Json => ({
  'Fn::GetStackOutput': { StackName, Region: 'us-east-1', OutputName },
});

const user = (value: Json) =>
  stack('user', { Resources: { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Names: [value] } } } });

const owner = stack('owner', {
  Outputs: {
    Name: { Value: 'a' },
    Shared: { Value: 'b', Export: { Name: 'shared-already' } },
    Other: { Value: 'c' },
  },
});

const namesIn = ({ template }: ReturnType<typeof user>): unknown =>
  template.Resources['Alarm']?.Properties['Names'];

describe('exportStackOutputs', () => {
  test('exports the outputs that another stack reads, and nothing else, and imports them there', () => {
    const [exporting, importing] = exportStackOutputs([owner, user(weak('owner', 'Name'))]);

    expect([exporting?.template.Outputs, importing && namesIn(importing)]).toEqual([
      {
        Name: { Value: 'a', Export: { Name: 'owner:Name' } },
        Shared: { Value: 'b', Export: { Name: 'shared-already' } },
        Other: { Value: 'c' },
      },
      [{ 'Fn::ImportValue': 'owner:Name' }],
    ]);
  });

  test('imports an output that is exported already under the name that it has', () => {
    const [exporting, importing] = exportStackOutputs([owner, user(weak('owner', 'Shared'))]);

    expect([exporting?.template.Outputs, importing && namesIn(importing)]).toEqual([
      owner.template.Outputs,
      [{ 'Fn::ImportValue': 'shared-already' }],
    ]);
  });

  test('finds a reference in an output too', () => {
    const through = stack('user', { Outputs: { Again: { Value: weak('owner', 'Name') } } });

    const [, importing] = exportStackOutputs([owner, through]);

    expect(importing?.template.Outputs).toEqual({ Again: { Value: { 'Fn::ImportValue': 'owner:Name' } } });
  });

  test('leaves a reference to a stack outside of the app to the endpoint', () => {
    const [, importing] = exportStackOutputs([owner, user(weak('elsewhere', 'Name'))]);

    expect(importing && namesIn(importing)).toEqual([weak('elsewhere', 'Name')]);
  });
});
