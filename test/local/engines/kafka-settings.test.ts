import { describe, expect, test } from '@jest/globals';

import { brokerSettings } from '../../../local/engines/kafka-settings.ts';

const settingsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .trimEnd()
      .split('\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

describe('brokerSettings', () => {
  test('listens on loopback alone, at the ports it is given', () => {
    const settings = settingsOf(brokerSettings({ port: 9092, controllerPort: 9093, logDirectory: '/data' }));

    expect(settings).toMatchObject({
      listeners: 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
      'advertised.listeners': 'PLAINTEXT://127.0.0.1:9092',
      'controller.quorum.voters': '1@127.0.0.1:9093',
      'log.dirs': '/data',
    });
  });

  test('refuses topics that nobody created, as the cluster does', () => {
    const settings = settingsOf(brokerSettings({ port: 1, controllerPort: 2, logDirectory: '/data' }));

    expect(settings['auto.create.topics.enable']).toBe('false');
  });

  test('accepts group sessions of three seconds', () => {
    const settings = settingsOf(brokerSettings({ port: 1, controllerPort: 2, logDirectory: '/data' }));

    expect(Number(settings['group.min.session.timeout.ms'])).toBeLessThanOrEqual(3_000);
  });

  test('writes a backslash so that Java reads it back', () => {
    const settings = settingsOf(brokerSettings({ port: 1, controllerPort: 2, logDirectory: 'a\\b' }));

    expect(settings['log.dirs']).toBe('a\\\\b');
  });
});
