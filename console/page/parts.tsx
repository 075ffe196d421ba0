import type { ComponentChildren } from 'preact';
import type { MemberView } from '../model/views.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** As many as the style sheet has. */
const COLORS = 8;

/** A member's mark: a colour and a letter, so that nobody has to tell two colours apart. */
export function MemberMark({ color, name }: Pick<MemberView, 'color' | 'name'>) {
  return (
    <span class={`mark color-${color % COLORS}`} title={name}>
      {LETTERS[color % LETTERS.length]}
    </span>
  );
}

export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="card" aria-label={title}>
      <div class="card-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** What a pane shows before there is anything to show. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

export function Badge({
  kind,
  children,
}: {
  readonly kind: 'good' | 'busy' | 'bad' | 'plain';
  readonly children: ComponentChildren;
}) {
  return <span class={`badge badge-${kind}`}>{children}</span>;
}

/** A table that scrolls by itself where it is too wide; it can be reached by keyboard for that. */
export function TableBox({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="table-box" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
