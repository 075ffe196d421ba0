const MAX_FRAMES = 5;

/** A description of a caught value without its message, which may quote a payload. */
export interface Cause {
  readonly name: string;
  /** The innermost places in the code, as far as they are known. */
  readonly frames: readonly string[];
}

/** Total: anything can be thrown. */
export function describeCause(caught: unknown): Cause {
  if (!(caught instanceof Error)) return { name: `thrown ${typeof caught}`, frames: [] };
  return { name: caught.name, frames: stackFrames(caught) };
}

/** The lines behind the message. Without the message in front of them they cannot be told apart from it. */
function stackFrames({ stack = '', message }: Error): readonly string[] {
  const end = stack.indexOf(message) + message.length;
  if (!stack.includes(message)) return [];
  return stack
    .slice(end)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MAX_FRAMES);
}
