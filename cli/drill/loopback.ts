/**
 * Makes sure that an address is one of this machine: a drill breaks on purpose what it talks to.
 *
 * @throws {Error} for every other address.
 */
export function requireLoopback(address: string): void {
  const { hostname } = new URL(address);
  if (/^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname)) return;
  throw new Error(
    `A drill breaks the endpoint that it uses, so it accepts only a loopback address such as 127.0.0.1, and not ${hostname}. ` +
      'Without --aws-endpoint, the drill starts its own emulator.',
  );
}
