import { createServer } from "node:net";
import { StartError } from "./StartError.ts";

/**
 * Makes sure that nobody listens on a port of this machine.
 * @param variable the environment variable that chooses the port.
 * @throws StartError
 */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
  } catch {
    throw new StartError(
      `Port ${port} is taken: stop what listens there, or choose another one with ${variable}.`,
    );
  }
  await new Promise((resolve) => {
    server.close(resolve);
  });
}
