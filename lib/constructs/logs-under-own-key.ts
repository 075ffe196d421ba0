import type { Construct } from 'constructs';
import { DataKey } from './data-key.ts';
import { EncryptedLogGroup, type EncryptedLogGroupProps } from './encrypted-log-group.ts';

export interface LogsUnderOwnKeyProps extends Pick<EncryptedLogGroupProps, 'retentionDays'> {
  /** Of the key. */
  readonly description: string;
}

/**
 * Creates the logs of a function without other data, under their own key. Both are created in the function's
 * construct.
 */
export function logsUnderOwnKey(
  scope: Construct,
  { description, retentionDays }: LogsUnderOwnKeyProps,
): EncryptedLogGroup {
  const encryptionKey = new DataKey(scope, 'Key', { description });
  encryptionKey.allowLogGroups();
  return new EncryptedLogGroup(scope, 'Logs', { encryptionKey, retentionDays });
}
