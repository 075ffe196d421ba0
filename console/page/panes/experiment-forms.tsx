import type { ComponentType } from 'preact';
import { fieldText as text } from '../form-data.ts';
import { overview } from '../store.ts';

/** How one experiment looks and what it sends. Fields keep what was typed: they are never drawn over. */
export interface ExperimentForm {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly fields: ComponentType;
  readonly input: (data: FormData) => unknown;
  readonly button: string;
}

const number = (data: FormData, name: string): number => Number(text(data, name));

function GroupField({ own = true }: { readonly own?: boolean }) {
  const groups = overview.value?.groups.filter(({ mapping }) => !own || mapping !== undefined) ?? [];
  return (
    <label>
      group
      <select name="group">
        {groups.map(({ groupId }) => (
          <option key={groupId}>{groupId}</option>
        ))}
      </select>
    </label>
  );
}

function NumberField({
  name,
  label,
  value,
  most,
  least = 1,
  placeholder,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: number | '';
  readonly most: number;
  readonly least?: number;
  readonly placeholder?: string;
}) {
  return (
    <label>
      {label}
      <input
        name={name}
        type="number"
        min={least}
        max={most}
        defaultValue={String(value)}
        inputMode="numeric"
        placeholder={placeholder}
        required={value !== ''}
      />
    </label>
  );
}

/** The pollers of all groups, to choose one of them. */
function PollerField() {
  const pollers =
    overview.value?.groups.flatMap(({ groupId, members }) =>
      members.flatMap(({ pid, name }) => (pid === undefined ? [] : [{ groupId, pid, name }])),
    ) ?? [];
  return (
    <label>
      poller
      <select name="poller">
        {pollers.map(({ groupId, pid, name }) => (
          <option key={pid} value={`${groupId} ${pid}`}>
            {name} of {groupId}
          </option>
        ))}
      </select>
    </label>
  );
}

const seconds = (data: FormData) => ({ group: text(data, 'group'), seconds: number(data, 'seconds') });

export const EXPERIMENT_FORMS: readonly ExperimentForm[] = [
  {
    name: 'produce',
    title: 'Send orders',
    about: 'Every group gets a full copy of what is on the topic.',
    fields: () => (
      <>
        <NumberField name="count" label="orders" value={100} most={20_000} />
        <NumberField name="rate" label="a second" value="" most={2_000} placeholder="any" />
      </>
    ),
    input: (data) => ({
      count: number(data, 'count'),
      ...(text(data, 'rate') === '' ? {} : { rate: number(data, 'rate') }),
    }),
    button: 'Send',
  },
  {
    name: 'pollers',
    title: 'Set the pollers of a group',
    about: 'Members of a group share the partitions: try 3, then 7. Empty gives scaling back to the mapping.',
    fields: () => (
      <>
        <GroupField />
        <label>
          pollers
          <input name="count" type="number" min={0} max={20} defaultValue="3" inputMode="numeric" />
        </label>
      </>
    ),
    input: (data) => ({
      group: text(data, 'group'),
      count: text(data, 'count') === '' ? null : number(data, 'count'),
    }),
    button: 'Set',
  },
  {
    name: 'kill',
    title: 'Kill a poller',
    about: 'As kill -9 does: it cannot say goodbye, so the group finds out by itself.',
    fields: PollerField,
    input: (data) => {
      const [group = '', pid = ''] = text(data, 'poller').split(' ');
      return { group, pid: Number(pid) };
    },
    button: 'Kill',
  },
  {
    name: 'slow',
    title: 'Slow a consumer down',
    about: 'Each invocation waits before it begins. The group falls behind alone.',
    fields: () => (
      <>
        <GroupField />
        <NumberField name="delayMs" label="ms each" value={2_000} most={10_000} least={0} />
        <NumberField name="seconds" label="for s" value={30} most={300} />
      </>
    ),
    input: (data) => ({ ...seconds(data), delayMs: number(data, 'delayMs') }),
    button: 'Slow down',
  },
  {
    name: 'poison',
    title: 'Send a poisoned record',
    about: 'It can never be processed. A consumer that tried it again and again would stand still.',
    fields: () => (
      <label>
        kind
        <select name="kind">
          <option value="amount">an amount with three decimals</option>
          <option value="not-json">text that is not JSON</option>
          <option value="wrong-shape">JSON of another shape</option>
        </select>
      </label>
    ),
    input: (data) => ({ kind: text(data, 'kind') }),
    button: 'Send',
  },
  {
    name: 'join',
    title: 'Let an outside consumer join',
    about:
      'Type a new group: it gets every record. Type billing-group: it takes a share of its partitions away.',
    fields: () => (
      <label>
        group
        <input
          name="group"
          defaultValue="my-group"
          maxLength={249}
          autocomplete="off"
          spellcheck={false}
          required
        />
      </label>
    ),
    input: (data) => ({ group: text(data, 'group').trim() }),
    button: 'Join',
  },
  {
    name: 'breakStore',
    title: 'Break a store',
    about:
      'The function of a group cannot reach its table. Nothing is lost: the batch comes again until it can.',
    fields: () => (
      <>
        <GroupField />
        <NumberField name="seconds" label="for s" value={20} most={300} />
      </>
    ),
    input: seconds,
    button: 'Break',
  },
  {
    name: 'grow',
    title: 'Grow the topic',
    about:
      'More partitions, more readers. It waits until nobody writes and all is handled, so that each key keeps its order. It cannot be undone.',
    fields: () => <NumberField name="partitions" label="partitions" value={8} most={24} />,
    input: (data) => ({ partitions: number(data, 'partitions') }),
    button: 'Grow',
  },
];
