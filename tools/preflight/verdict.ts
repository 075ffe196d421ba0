/** The preflight's verdict about one requirement of a deployment. */
export interface Verdict {
  /** `unknown` when AWS did not answer the question. */
  readonly kind: 'ok' | 'to do' | 'unknown';
  /** The subject, in a word or two. */
  readonly subject: string;
  /** The state, what to do, or the reason why it is unknown. */
  readonly text: string;
}

/** The result of a check about its own subject. */
export type Judgement = Pick<Verdict, 'kind' | 'text'>;

export const ok = (text: string): Judgement => ({ kind: 'ok', text });
export const toDo = (text: string): Judgement => ({ kind: 'to do', text });

/** Returns what to do, or the state when there is nothing to do. */
export function todosOr(todos: readonly string[], fine: string): readonly Judgement[] {
  return todos.length > 0 ? todos.map(toDo) : [ok(fine)];
}
