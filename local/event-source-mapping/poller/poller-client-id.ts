/** What the brokers see of a poller, by its process id. */
export function pollerClientId(pid: number): string {
  return `event-poller-${pid}`;
}
