import type { TraceView } from '../../model/trace.ts';
import { fieldText } from '../form-data.ts';
import { Empty } from '../parts.tsx';
import { addressOf } from '../route.ts';
import { tick } from '../store.ts';
import { useAnswer } from '../use-answer.ts';
import { Trace } from './trace.tsx';

/** Where a person types an order's id; it is in sight on every pane. */
export function FindOrder() {
  return (
    <form
      class="find"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const key = fieldText(new FormData(event.currentTarget), 'key').trim();
        if (key !== '') location.hash = addressOf('orders', key);
      }}
    >
      <label>
        <span class="hidden">Order id or key</span>
        <input
          name="key"
          type="search"
          placeholder="Where is my order? Its id or key"
          maxLength={256}
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <button type="submit">Find</button>
    </form>
  );
}

/** What became of one order; it stays up to date while it travels. */
export function Orders({ id }: { readonly id: string }) {
  const path = id === '' ? '' : `/api/trace?key=${encodeURIComponent(id)}`;
  const { value: trace, problem } = useAnswer<TraceView>(path, tick.value);
  if (id === '')
    return (
      <Empty>
        Type an order's id above. An order made here is order-… ; a poisoned record's key is poison-… .
      </Empty>
    );
  if (problem !== undefined) return <Empty>{problem}</Empty>;
  if (trace === undefined) return <Empty>Reading the partition of {id}…</Empty>;
  return <Trace trace={trace} />;
}
