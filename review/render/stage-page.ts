import { updateBehaviour } from '../changes/update-behaviour.ts';
import { drawStage } from '../diagram.ts';
import type { DoorVerdict } from '../doors/find-doors.ts';
import type { ProtectedResource } from '../protection/data-protection.ts';
import type { Protection } from '../protection/protection-rules.ts';
import { countResources } from '../resource-counts.ts';
import type { StageReview } from '../review-stage.ts';
import type { Stage } from '../stage/stage.ts';
import { changesSection, removalSection } from './changes-section.ts';
import { costSection } from './cost-section.ts';
import { code, table } from './markdown.ts';
import { principalsSection } from './principals-section.ts';

/** Renders the review of one stage, for a pull request. @param comparedWith the origin of the old templates */
export function stagePage(review: StageReview, comparedWith: string): string {
  const { stage } = review;
  return [
    `# Review of ${stage.name}`,
    '`npm run review` writes this page from the synthesized templates. Names are paths in the CDK app; `{AccountId}` is the account.',
    review.findings.length === 0
      ? '**No findings**: no open door, all data protected, within the budget.'
      : ['**Fix these first:**', ...review.findings.map((finding) => `- ${finding}`)].join('\n'),
    '## What flows where',
    `\`\`\`mermaid\n${drawStage(stage)}\n\`\`\``,
    '## What a deployment replaces or loses',
    changesSection(review.changes, comparedWith),
    '### Resources with data, and what happens to them',
    removalSection(stage.resources, updateBehaviour),
    '## Doors',
    doorsSection(review.doors),
    '## Who may do what',
    principalsSection(review.principals),
    '## Data at rest and in transit',
    protectionSection(review.protection),
    '## Cost of a month',
    costSection(review.cost),
    '## Resources',
    resourcesSection(stage),
  ].join('\n\n');
}

function doorsSection(verdicts: readonly DoorVerdict[]): string {
  const doors = verdicts.flatMap(({ doors: found }) => found);
  const list = doors.map(({ resource, door }) => `- ${code(resource)}: ${door}`).join('\n');
  return [
    doors.length === 0 ? 'No public or cross-account door. How each type was judged:' : list,
    table(
      ['type', 'resources', 'judged by', 'doors'],
      verdicts.map(({ type, count, judgedBy, doors: found }) => [
        type,
        String(count),
        judgedBy ?? '**not judged**',
        found.length === 0 ? 'none' : `**${found.length}**`,
      ]),
    ),
  ].join('\n\n');
}

function protectionSection(resources: readonly ProtectedResource[]): string {
  return table(
    ['resource', 'type', 'at rest', 'in transit'],
    resources.map(({ resource, type, atRest, inTransit }) => [
      code(resource),
      type,
      protectionText(atRest),
      protectionText(inTransit),
    ]),
  );
}

function resourcesSection(stage: Stage): string {
  const names = stage.stacks.map(({ stackName }) => stackName);
  return table(
    ['type', ...names, 'all'],
    countResources(stage).map(({ type, total, byStack }) =>
      [type].concat(
        names.map((name) => String(byStack[name] ?? 0)),
        String(total),
      ),
    ),
  );
}

function protectionText({ how, isProtected }: Protection): string {
  return isProtected ? how : `**${how}**`;
}
