const FENCE = /^ *```.*\n([\s\S]*?)^ *```$/gm;

/** The lines of all fenced code blocks. */
export function codeLines(markdown: string): readonly string[] {
  return [...markdown.matchAll(FENCE)]
    .flatMap(([, code = '']) => code.split('\n'))
    .map((line) => line.trim());
}

/** What stands between back-ticks within the text. */
export function codeSpans(markdown: string): readonly string[] {
  return [...outsideFences(markdown).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
}

/** The targets of links, without those that leave the repository. */
export function localLinks(markdown: string): readonly string[] {
  return [...outsideFences(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target));
}

/** The names by which links reach the headings, as GitHub makes them. */
export function anchors(markdown: string): readonly string[] {
  return [...outsideFences(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function outsideFences(markdown: string): string {
  return markdown.replaceAll(FENCE, '');
}
