import { expect, test } from '@jest/globals';

import { archiveFolder, withClassArchive } from '../../../local/engines/class-archive.ts';

const JAVA_17 = 'openjdk version "17.0.15" 2025-04-15';

test('an archive belongs to one version of Java and one place of the libraries', () => {
  const folders = [
    archiveFolder('3.9.2', { java: JAVA_17, libraries: '/engines/kafka/lib' }),
    archiveFolder('3.9.2', { java: JAVA_17, libraries: '/engines/kafka/lib' }),
    archiveFolder('3.9.2', { java: 'openjdk version "21" 2023-09-19', libraries: '/engines/kafka/lib' }),
    archiveFolder('3.9.2', { java: JAVA_17, libraries: '/moved/kafka/lib' }),
    archiveFolder('3.9.3', { java: JAVA_17, libraries: '/engines/kafka/lib' }),
  ];

  expect(folders[0]).toMatch(/^kafka-3\.9\.2-classes-[0-9a-f]{12}$/);
  expect(new Set(folders).size).toBe(4);
});

test('without a Java that runs, an installation stays as it is', async () => {
  const installation = {
    version: '3.9.2',
    classPath: '/engines/kafka/lib/*',
    jvmFlags: [],
    format: () => Promise.resolve(),
  };

  const same = await withClassArchive(
    installation,
    { directory: '/engines', onProgress: () => undefined },
    () => Promise.resolve(undefined),
  );

  expect(same).toBe(installation);
});
