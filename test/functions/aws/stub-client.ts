interface Command {
  readonly constructor: { readonly name: string };
  readonly input: unknown;
}

/** Stands in for an SDK client: keeps what is sent, and answers or throws as told. */
export interface StubClient<C> {
  readonly client: C;
  /** The commands by name, with their input. */
  readonly sent: readonly (readonly [string, unknown])[];
}

/** An `Error` among the answers is thrown; without answers left, each command is answered with nothing. */
export function stubClient<C>(...answers: readonly unknown[]): StubClient<C> {
  const sent: [string, unknown][] = [];
  const left = [...answers];
  const send = async (command: Command): Promise<unknown> => {
    await Promise.resolve();
    sent.push([command.constructor.name, command.input]);
    const answer = left.shift() ?? {};
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { client: { send } as unknown as C, sent };
}

/** An error as the SDK makes it of an answer, or of none. */
export function sdkError(name: string, httpStatusCode?: number, message = 'customer@example.com'): Error {
  const error = new Error(message);
  return Object.assign(error, { name, $metadata: { httpStatusCode } });
}

export function networkError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}
