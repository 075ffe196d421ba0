import { costPage } from './render/cost-page.ts';
import { formatMarkdown } from './render/format-markdown.ts';
import { stagePage } from './render/stage-page.ts';
import { reviewStage } from './review-stage.ts';
import { readStage } from './stage/stage.ts';
import type { Stage, StackTemplate } from './stage/stage.ts';

/** One file of the review. */
export interface Page {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
}

export interface ReviewPages {
  readonly pages: readonly Page[];
  /** The findings that block a merge; empty for a good review. */
  readonly findings: readonly string[];
}

export interface ReviewInput {
  /** By stage. */
  readonly templates: Readonly<Record<string, readonly StackTemplate[]>>;
  /** The reviewed templates of all stages. */
  readonly reviewed: readonly StackTemplate[];
  /** The origin of the reviewed templates, as text. */
  readonly comparedWith: string;
}

/** Builds a page for each stage, and one for the costs of all. */
export async function reviewPages({ templates, reviewed, comparedWith }: ReviewInput): Promise<ReviewPages> {
  const reviews = Object.entries(templates).map(([name, stacks]) => {
    const stage = readStage(name, stacks);
    return reviewStage(stage, reviewedStage(stage, reviewed));
  });
  const costs = Object.fromEntries(reviews.map(({ stage, cost }) => [stage.name, cost]));
  const pages = [
    ...reviews.map((review) => ({
      file: `docs/review-${review.stage.name}.md`,
      text: stagePage(review, comparedWith),
    })),
    { file: 'docs/cost.md', text: costPage(costs) },
  ];
  return {
    pages: await Promise.all(
      pages.map(async ({ file, text }) => ({ file, text: await formatMarkdown(text, file) })),
    ),
    findings: reviews.flatMap(({ stage, findings }) =>
      findings.map((finding) => `${stage.name}: ${finding}`),
    ),
  };
}

/** Finds the reviewed stacks of the same stage, including removed ones. */
function reviewedStage({ name, stacks }: Stage, reviewed: readonly StackTemplate[]): Stage {
  const own = new Set(stacks.map(({ stackName }) => stackName));
  return readStage(
    name,
    reviewed.filter(({ stackName }) => own.has(stackName) || stackName.split('-').includes(name)),
  );
}
