import { execa } from 'execa';

/**
 * Fetches the archives that a pom.xml names, and all that these need, into a folder.
 *
 * @param what - for the error, such as `Apache Kafka`.
 * @throws Error with Maven's last lines when the download fails.
 */
export async function fetchArchives(what: string, pom: string, folder: string): Promise<void> {
  const goal = ['dependency:copy-dependencies', '--define', `outputDirectory=${folder}`];
  const { failed, all, shortMessage } = await execa(
    'mvn',
    ['--batch-mode', '--quiet', '--strict-checksums', '--file', pom, ...goal],
    { all: true, reject: false },
  );
  if (failed) throw new Error(`Maven could not fetch ${what}: ${all === '' ? shortMessage : all}`);
}
