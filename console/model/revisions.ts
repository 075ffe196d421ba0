/** The parts of the page that change by themselves. */
export type Part = 'overview' | 'timeline' | 'calls' | 'experiments' | 'failures' | 'alarms' | 'findings';

/** How often each part has changed. */
export type Revisions = Readonly<Record<Part, number>>;
