import { describe, expect, test } from '@jest/globals';
import { consumerGroupId, topicName } from '../../../lib/topology/identifiers.ts';

describe('a consumer group id', () => {
  test.each(['billing-group', 'a', 'x'.repeat(200), 'A/b*c_d+e=f.g@h'])('may be %s', (text) => {
    expect(consumerGroupId(text)).toBe(text);
  });

  test.each(['', 'a:b', 'gro\u00fcp', 'two words', 'x'.repeat(201)])('may not be "%s"', (text) => {
    expect(() => consumerGroupId(text)).toThrow(
      new RangeError(
        `"${text}" is not a consumer group id. Allowed: 1 to 200 letters, digits or any of - / * _ + = . @.`,
      ),
    );
  });
});

describe('a topic name', () => {
  test.each(['order-events', '_internal', 'a.b', 'x'.repeat(249)])('may be %s', (text) => {
    expect(topicName(text)).toBe(text);
  });

  test.each(['', '.hidden', 'a/b', 'x'.repeat(250)])('may not be "%s"', (text) => {
    expect(() => topicName(text)).toThrow(
      new RangeError(
        `"${text}" is not a topic name. Allowed: 1 to 249 letters, digits, ".", "_" or "-", not starting with ".".`,
      ),
    );
  });
});
