/** What the preflight says about one thing that a deployment needs. */
export interface Verdict {
  /** `unknown` when AWS was asked and did not say. */
  readonly kind: 'ok' | 'to do' | 'unknown';
  /** What it is about, in a word or two. */
  readonly subject: string;
  /** What there is, what to do, or why it is not known. */
  readonly text: string;
}

/** What a check says of its own subject. */
export type Judgement = Pick<Verdict, 'kind' | 'text'>;

export const ok = (text: string): Judgement => ({ kind: 'ok', text });
export const toDo = (text: string): Judgement => ({ kind: 'to do', text });

/** What is to be done, or, when that is nothing, what there is. */
export function todosOr(todos: readonly string[], fine: string): readonly Judgement[] {
  return todos.length > 0 ? todos.map(toDo) : [ok(fine)];
}
