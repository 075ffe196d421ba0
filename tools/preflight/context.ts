import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from '@commander-js/extra-typings';
import { isRecord, at } from '../../lib/guards/json-access.ts';

export type Context = Readonly<Record<string, unknown>>;

/** Adds `key=value`, as `cdk -c` takes it. */
export function addContext(text: string, values: Context): Context {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Write it as key=value, such as account=123456789012.');
  return { ...values, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/** Reads the context that `cdk deploy` would have: the project's file, overridden by the command line. */
export function contextOf(cdkFile: string, given: Context): (key: string) => unknown {
  const ofFile = at(JSON.parse(readFileSync(cdkFile, 'utf8')), 'context');
  const context: Context = { ...(isRecord(ofFile) ? ofFile : {}), ...given };
  return (key) => context[key];
}
