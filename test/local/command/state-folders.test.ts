import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { stateFolders } from '../../../local/command/state-folders.ts';

test.each([
  {
    story: "the person's cache and the folder they are in, where nothing is said",
    environment: {},
    folders: {
      engines: join(homedir(), '.cache', 'msk-local'),
      runs: '/app/.msk-local/runs',
      kept: '/app/.msk-local/kept',
    },
  },
  {
    story: 'the cache that the person has chosen for all programs',
    environment: { XDG_CACHE_HOME: '/cache' },
    folders: { engines: '/cache/msk-local', runs: '/app/.msk-local/runs', kept: '/app/.msk-local/kept' },
  },
  {
    story: 'the folders that the variables name, relative ones from the folder they are in',
    environment: { MSK_LOCAL_ENGINES: 'engines', MSK_LOCAL_DIRECTORY: '/state' },
    folders: { engines: '/app/engines', runs: '/state/runs', kept: '/state/kept' },
  },
])('state is kept in $story', ({ environment, folders }) => {
  const found = stateFolders(environment, '/app');

  expect(found).toEqual(folders);
});
