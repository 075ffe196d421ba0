type Piece = { readonly text: string } | { readonly value: unknown };

/**
 * JSON without spaces and with the keys of every object sorted by UTF-16 code units, as in RFC 8785 (JCS): two values
 * that differ only in the order of their keys give the same text. Values are what `JSON.parse` gives; a missing value
 * counts as null.
 *
 * Works on its own stack and not by recursion, so that nesting as deep as a record allows cannot overflow the call stack,
 * which is where `JSON.stringify` and the libraries for JCS give up.
 * https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
  let text = '';
  const pending: Piece[] = [{ value }];
  for (let piece = pending.pop(); piece !== undefined; piece = pending.pop()) {
    if ('text' in piece) text += piece.text;
    else if (isContainer(piece.value)) pushReversed(pending, piecesOf(piece.value));
    else text += JSON.stringify(piece.value ?? null);
  }
  return text;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function piecesOf(container: object): Piece[] {
  if (Array.isArray(container))
    return enclose(
      '[',
      container.map((value: unknown) => [{ value }]),
      ']',
    );
  const entries = Object.entries(container) as [string, unknown][];
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return enclose(
    '{',
    entries.map(([key, value]) => [{ text: `${JSON.stringify(key)}:` }, { value }]),
    '}',
  );
}

function enclose(open: string, members: readonly Piece[][], close: string): Piece[] {
  const separated = members.flatMap((member, index) => (index === 0 ? member : [{ text: ',' }, ...member]));
  return [{ text: open }, ...separated, { text: close }];
}

/** Element by element: spreading a hundred thousand of them into `push` overflows the call stack. */
function pushReversed(stack: Piece[], pieces: readonly Piece[]): void {
  for (const piece of pieces.toReversed()) stack.push(piece);
}
