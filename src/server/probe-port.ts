import { createServer } from "node:net";
import { listen } from "./start-server.ts";

/** Listens for a moment; rejects with `PORT_UNAVAILABLE` where a server could not start now. */
export async function probePort(host: string, port: number): Promise<void> {
  const server = createServer();
  await listen(server, host, port);
  await new Promise((resolve) => server.close(resolve));
}
