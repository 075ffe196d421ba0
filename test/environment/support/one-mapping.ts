import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm, type NpmProcess } from '../npm-process.ts';

/** An environment of one mapping and its handler, without any template: the whole of msk-local, with the least to start. */
export interface OneMapping {
  readonly npm: NpmProcess;
  readonly topic: string;
  /** The ARN that the mapping names as its source. */
  readonly sourceArn: string;
  /** A line for each record that the handler got: the event's source, the topic, and the value. */
  received(): Promise<readonly string[]>;
}

const HANDLER = `
import { appendFileSync } from 'node:fs';
export const handler = ({ eventSourceArn, records }) =>
  Object.values(records).flat().forEach(({ topic, value }) =>
    appendFileSync(process.env.RECEIVED, [eventSourceArn, topic, Buffer.from(value, 'base64') + '\\n'].join(' ')));`;

const MAPPING = {
  FunctionName: 'print-payments',
  EventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/payments/1',
  Topics: ['payments'],
  StartingPosition: 'TRIM_HORIZON',
};

/** @param folder - for the mapping, its handler and what that receives. */
export async function startOneMapping(folder: string): Promise<OneMapping> {
  const received = join(folder, 'received');
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist/index.mjs'), HANDLER);
  await writeFile(join(folder, 'mapping.json'), JSON.stringify(MAPPING));
  const mapping = ['--mapping', join(folder, 'mapping.json'), '--partitions', '1'];
  const handler = ['--handler', join(folder, 'dist/index.handler'), '--env', `RECEIVED=${received}`];
  return {
    npm: await runNpm('msk-local', [...mapping, ...handler]),
    topic: 'payments',
    sourceArn: MAPPING.EventSourceArn,
    received: async () =>
      (await readFile(received, 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
  };
}
