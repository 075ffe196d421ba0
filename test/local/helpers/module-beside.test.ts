import { expect, test } from '@jest/globals';
import { moduleBeside } from '../../../local/helpers/module-beside.ts';

test.each([
  ['file:///clone/local/a/main.ts', 'file:///clone/local/b/poller.ts'],
  [
    'file:///app/node_modules/msk-local/dist/a/main.js',
    'file:///app/node_modules/msk-local/dist/b/poller.js',
  ],
])('a module beside %s ends as that does', (askedBy, address) => {
  expect(moduleBeside('../b/poller', askedBy).href).toBe(address);
});
