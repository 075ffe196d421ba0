import { signal } from '@preact/signals';

/** The panes, in the order of the navigation. */
export const PANES = [
  { name: 'groups', title: 'Groups' },
  { name: 'rebalances', title: 'Rebalances' },
  { name: 'lag', title: 'Lag' },
  { name: 'orders', title: 'Orders' },
  { name: 'failures', title: 'Failures' },
  { name: 'alarms', title: 'Alarms' },
  { name: 'invocations', title: 'Invocations' },
  { name: 'experiments', title: 'Experiments' },
] as const;

export type PaneName = (typeof PANES)[number]['name'];

/** Where the page is: a pane, and what of it. It stands behind the `#` of the address, so a link leads there. */
export interface Route {
  readonly pane: PaneName;
  /** Such as a group's id; empty for all of the pane. */
  readonly id: string;
}

export const route = signal<Route>(parseRoute(location.hash));

window.addEventListener('hashchange', () => {
  route.value = parseRoute(location.hash);
});

function parseRoute(hash: string): Route {
  const [name = '', ...rest] = hash.replace(/^#\/?/, '').split('/');
  const pane = PANES.find((one) => one.name === name)?.name ?? 'groups';
  return { pane, id: decoded(rest.join('/')) };
}

/** The address of a pane, or of something in it. */
export function addressOf(pane: PaneName, id = ''): string {
  return id === '' ? `#/${pane}` : `#/${pane}/${encodeURIComponent(id)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
