/** What commands use of the auditor. */
export { audit, type AuditOptions } from './audit.ts';
export type { TopicGrowth } from './history/growth-line.ts';
export { withSources } from './readers/open-sources.ts';
export type { AuditReport } from './report/audit-report.ts';
export type { FindingKind } from './report/finding.ts';
export { auditText } from './report/audit-text.ts';
