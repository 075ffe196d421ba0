import net from 'node:net';

/** A server that listens and never accepts: the kernel answers until its queue is full, and then nobody does. */
const server = net.createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  process.stdout.write(`${JSON.stringify(server.address())}\n`);
  // Blocks the event loop for good, so that nothing is taken out of the queue; the parent ends this process.
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
});
