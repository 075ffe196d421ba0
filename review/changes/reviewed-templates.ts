import { runInNewContext } from 'node:vm';
import type { StackTemplate } from '../stage/stage.ts';

/** The title of a snapshot, as the snapshot test gives it. */
const TITLE = /^the template of (?<stackName>[\w-]+) is as reviewed \d+$/;

/**
 * The templates in a Jest snapshot file, which is a JavaScript module that assigns texts to `exports`.
 *
 * @throws Error when the file holds no template.
 */
export function readReviewedTemplates(snapshotFile: string): readonly StackTemplate[] {
  const exports: Record<string, unknown> = {};
  runInNewContext(snapshotFile, { exports });
  const templates = Object.entries(exports).flatMap(([title, text]) => {
    const stackName = TITLE.exec(title)?.groups?.['stackName'];
    return stackName === undefined || typeof text !== 'string'
      ? []
      : [{ stackName, template: JSON.parse(withoutQuotes(text)) as unknown }];
  });
  if (templates.length === 0) {
    throw new Error(
      `The snapshot file has no title like "the template of order-events-dev-streaming is as reviewed"; ` +
        `write it with: npm test -- --selectProjects infra snapshots -u`,
    );
  }
  return templates;
}

/** Asset hashes change with every dependency: the snapshots do not hold them, so a comparison must not see them. */
export function maskHashes(template: unknown): unknown {
  return JSON.parse(JSON.stringify(template).replaceAll(/[0-9a-f]{64}/g, '<hash>')) as unknown;
}

/** Jest writes a text in quotes, on lines of its own. */
function withoutQuotes(text: string): string {
  return text.trim().slice(1, -1);
}
