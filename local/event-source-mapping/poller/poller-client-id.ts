/** Returns the client id of a poller, which contains its process id. */
export function pollerClientId(pid: number): string {
  return `event-poller-${pid}`;
}
