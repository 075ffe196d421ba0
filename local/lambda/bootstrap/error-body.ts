/** A function error as the caller reads it. */
export interface ErrorBody {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Total: whatever a function throws gives a body. Lambda writes DEL, which its transport refuses, as %7F. */
export function errorBodyOf(thrown: unknown): ErrorBody {
  if (!(thrown instanceof Error))
    return { errorType: typeof thrown, errorMessage: textOf(thrown), trace: [] };
  return {
    errorType: withoutDel(thrown.name),
    errorMessage: withoutDel(thrown.message),
    trace: withoutDel(thrown.stack ?? '').split('\n'),
  };
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'The thrown value cannot be written as text.';
  }
}

function withoutDel(text: unknown): string {
  return String(text).replaceAll('\x7F', '%7F');
}
