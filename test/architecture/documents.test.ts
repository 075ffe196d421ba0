import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ordersProgram } from '../../cli/program.ts';
import { anchors, codeLines, codeSpans, localLinks } from './markdown.ts';
import { allFlags, problemsOfCommand } from './orders-command.ts';
import { exists, ignoredFolders, projectFiles, textOf } from './project-files.ts';

const documents = projectFiles().filter((path) => path.endsWith('.md'));
const program = await ordersProgram();

/** How a person calls the program, and which of its commands that is. */
const CALLS: readonly { readonly begin: string; readonly command: readonly string[] }[] = [
  { begin: 'npm run orders -- ', command: [] },
  { begin: 'orders ', command: [] },
  { begin: 'npm start -- ', command: ['up'] },
  { begin: 'npm run demo -- ', command: ['demo'] },
];

function callsIn(markdown: string): readonly (readonly string[])[] {
  return [...codeLines(markdown), ...codeSpans(markdown)].flatMap((text) => {
    const call = CALLS.find(({ begin }) => text.startsWith(begin));
    return call === undefined ? [] : [[...call.command, ...text.slice(call.begin.length).split(/\s+/)]];
  });
}

function scriptsIn(markdown: string): readonly string[] {
  const names = [...markdown.matchAll(/\bnpm run ([a-z][\w:-]*)|\bnpm (start|test)\b/g)];
  return names.map(([, script, short]) => script ?? short ?? '');
}

/** A path has a slash, or is the name of a file somewhere. */
function pathsIn(markdown: string): readonly string[] {
  return codeSpans(markdown)
    .filter((span) => /^\.?[\w-]+(?:[./][\w.-]+)*\/?$/.test(span))
    .filter((span) => span.includes('/') || /\w\.(?:ts|mjs|cjs|json|md)$/.test(span))
    .filter((span) => !ignoredFolders.some((folder) => span.startsWith(folder)));
}

/** Files of a reader's own app, of which a document speaks. */
const FILES_OF_OTHER_APPS = new Set(['cdk.context.json', 'mapping.json']);

/** A document names files from the project's folder on, or from its own. */
function isThere(path: string, document: string): boolean {
  if (FILES_OF_OTHER_APPS.has(path)) return true;
  if (path.includes('/')) return exists(path) || exists(join(dirname(document), path));
  return projectFiles().some((file) => `/${file}`.endsWith(`/${path}`));
}

/** Pages that a command writes: what looks like a path in them is the place of a construct. */
const GENERATED = new Set([
  'docs/review-dev.md',
  'docs/review-prod.md',
  'docs/cost.md',
  'docs/conformance.md',
]);

function isReachable(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  return exists(target) && (anchor === undefined || anchors(textOf(target)).includes(anchor));
}

test('the documents are found', () => {
  const expected = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md', 'docs/adr/README.md'];

  expect(expected.filter((path) => !documents.includes(path))).toStrictEqual([]);
});

test('the tour types commands', () => {
  const calls = callsIn(textOf('docs/tour.md'));

  expect(calls.length).toBeGreaterThan(20);
});

describe.each(documents)('%s', (path) => {
  const markdown = textOf(path);

  test('types commands that the program has', () => {
    const problems = callsIn(markdown).flatMap((words) => problemsOfCommand(words, program));

    expect(problems).toStrictEqual([]);
  });

  test('runs npm scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

    expect(scriptsIn(markdown).filter((name) => !Object.hasOwn(scripts, name))).toStrictEqual([]);
  });

  test('names files and folders that exist', () => {
    const named = GENERATED.has(path) ? [] : pathsIn(markdown);

    expect(named.filter((name) => !isThere(name, path))).toStrictEqual([]);
  });

  test('links to files and headings that exist', () => {
    expect(localLinks(markdown).filter((link) => !isReachable(path, link))).toStrictEqual([]);
  });
});

test.each(['README.md', 'docs/tour.md'])('%s names flags that some command has', (path) => {
  const flags = codeSpans(textOf(path)).flatMap((span) => /^--[a-z-]+/.exec(span) ?? []);

  expect(flags.filter((flag) => flag !== '--help' && !allFlags(program).includes(flag))).toStrictEqual([]);
});
