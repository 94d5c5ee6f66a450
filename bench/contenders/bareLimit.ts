import { processTree } from "../measure/processTree.ts";
import { post } from "../post.ts";
import { ServerProcess } from "../ServerProcess.ts";
import type { Contender } from "./Contender.ts";

/**
 * Starts the bare limit.
 * @param kind One of the kinds of stream in `bench/worker/openStream.ts`.
 */
export async function startBareLimit(kind = "sized"): Promise<Contender> {
  const server = await ServerProcess.start("bareLimit");
  const { port } = server.served;
  return {
    name: "bare limit",
    pids: () => processTree(server.pid),
    request: { port, path: `/hub?kind=${kind}`, headers: {} },
    publish: ({ json }) => post({ port, path: "/hub" }, json),
    stop: () => server.stop(),
  };
}
