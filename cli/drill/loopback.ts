/**
 * Makes sure that an address is one of this machine: a drill breaks on purpose what it talks to.
 *
 * @throws {Error} for every other address.
 */
export function requireLoopback(address: string): void {
  const { hostname } = new URL(address);
  if (/^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname)) return;
  throw new Error(
    `A drill breaks what it talks to, so it only runs against this machine: ${hostname} is not. Allowed: 127.0.0.1, ` +
      '::1 or localhost. Leave --aws-endpoint out to let the drill start an emulator of its own.',
  );
}
