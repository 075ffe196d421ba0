import { readStage } from '../../review/stage/stage.ts';
import type { Stage } from '../../review/stage/stage.ts';

/** Resources of a template by logical id. */
export type Resources = Readonly<Record<string, TemplateResource>>;

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A stage of one stack; its resources have the names `shop/<logical id>`. */
export function stageOf(resources: Resources): Stage {
  return readStage('dev', [{ stackName: 'shop', template: { Resources: resources } }]);
}

export const ownAccount = { Ref: 'AWS::AccountId' };

/** A policy document of one statement that allows everything to somebody. */
export function allowing(principal: unknown, condition?: unknown): unknown {
  return {
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 'sqs:*',
        Resource: '*',
        ...(condition !== undefined && { Condition: condition }),
      },
    ],
  };
}
