import { signal } from '@preact/signals';
import type { CallReport } from '../../local/environment/control/call-report.ts';
import type { RunningExperiment } from '../experiments/result.ts';
import type { LetterQueueView } from '../model/failures.ts';
import type { History, Overview, RebalanceView } from '../model/views.ts';
import type { AlarmsView, FindingView } from '../model/watch-views.ts';
import type { Revisions } from '../model/revisions.ts';
import { getJson, parseJson } from './api.ts';
import { joinHistories } from './join-histories.ts';

/** The last state from the server. Components read these, and are drawn again when they change. */
export const overview = signal<Overview | undefined>(undefined);
export const timeline = signal<readonly RebalanceView[]>([]);
export const history = signal<History>({ times: [], produced: [], groups: [] });
export const calls = signal<{ readonly calls: readonly CallReport[]; readonly since: number | null }>({
  calls: [],
  since: null,
});
export const experiments = signal<readonly RunningExperiment[]>([]);
export const queues = signal<readonly LetterQueueView[]>([]);
export const alarms = signal<AlarmsView>({ alarms: [], changes: [] });
export const findings = signal<readonly FindingView[]>([]);
export const mayChange = signal(false);
/** Whether the server can be heard. */
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting');
/** The number of updates from the server. A part without a signal of its own asks again after each. */
export const tick = signal(0);

/** How often each part had changed when it was loaded last. */
export const shownRevisions = signal<Partial<Revisions>>({});

let loading = false;
let waiting: Revisions | undefined;

/** Listens to the server while the page is in sight: a browser has few connections, and hidden pages need none. */
export function connect(): void {
  let events: EventSource | undefined;
  const listen = (): void => {
    events?.close();
    events = undefined;
    if (document.visibilityState === 'hidden') return;
    events = new EventSource('/api/events');
    events.addEventListener('message', ({ data }: MessageEvent<string>) => {
      connection.value = 'live';
      void load(parseJson<Revisions>(data));
    });
    events.addEventListener('error', () => {
      connection.value = 'lost';
    });
  };
  document.addEventListener('visibilitychange', listen);
  listen();
  void readAccess();
}

async function readAccess(): Promise<void> {
  const access = await getJson<{ readonly mayChange: boolean }>('/api/access');
  mayChange.value = access.mayChange;
}

/** Loads what has changed; changes that come meanwhile are loaded after. */
async function load(revisions: Revisions): Promise<void> {
  waiting = revisions;
  if (loading) return;
  loading = true;
  try {
    while (waiting !== undefined) {
      const next: Revisions = waiting;
      waiting = undefined;
      await loadChanged(next);
      shownRevisions.value = next;
      tick.value += 1;
    }
  } catch {
    connection.value = 'lost';
  } finally {
    loading = false;
  }
}

async function loadChanged(revisions: Revisions): Promise<void> {
  const shown = shownRevisions.peek();
  const isNew = (part: keyof Revisions): boolean => shown[part] !== revisions[part];
  await Promise.all([
    isNew('overview') && loadOverview(),
    isNew('timeline') && loadTimeline(),
    isNew('calls') && loadCalls(),
    isNew('experiments') && loadExperiments(),
    isNew('failures') && loadQueues(),
    isNew('alarms') && loadAlarms(),
    isNew('findings') && loadFindings(),
  ]);
}

async function loadOverview(): Promise<void> {
  const [newest, samples] = await Promise.all([
    getJson<Overview>('/api/overview'),
    getJson<History>(`/api/history?after=${history.value.times.at(-1) ?? 0}`),
  ]);
  overview.value = newest;
  history.value = joinHistories(history.value, samples);
}

async function loadTimeline(): Promise<void> {
  timeline.value = await getJson<readonly RebalanceView[]>('/api/timeline');
}

async function loadExperiments(): Promise<void> {
  experiments.value = await getJson('/api/experiments');
}

async function loadQueues(): Promise<void> {
  queues.value = await getJson('/api/failures');
}

async function loadAlarms(): Promise<void> {
  alarms.value = await getJson('/api/alarms');
}

async function loadFindings(): Promise<void> {
  findings.value = await getJson('/api/findings');
}

async function loadCalls(): Promise<void> {
  calls.value = await getJson('/api/calls');
}
