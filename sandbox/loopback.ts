import { once } from 'node:events';
import type { Server } from 'node:http';

/** Lets a server listen on 127.0.0.1 and a free port. `stop` cuts open connections; stopping twice does no harm. */
export async function listenOnLoopback(server: Server): Promise<{ endpoint: string; stop(): Promise<void> }> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const stop = async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    server.close(() => resolve());
    server.closeAllConnections();
    await promise;
  };
  return { endpoint: `http://127.0.0.1:${port}`, stop };
}
