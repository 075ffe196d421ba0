import { afterEach } from '@jest/globals';

type CleanUp = () => unknown;

/** Takes what is to be undone when the test that is running ends, also when it fails; last in, first undone. */
export function cleanUpsAfterEach(): (cleanUp: CleanUp) => void {
  const cleanUps: CleanUp[] = [];
  afterEach(async () => {
    for (let next = cleanUps.pop(); next !== undefined; next = cleanUps.pop()) await next();
  });
  return (cleanUp) => {
    cleanUps.push(cleanUp);
  };
}
