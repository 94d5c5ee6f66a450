import { processTree } from "../measure/processTree.ts";
import { post } from "../post.ts";
import { ServerProcess } from "../ServerProcess.ts";
import type { Contender } from "./Contender.ts";

/** Starts better-sse on Express. */
export async function startBetterSse(): Promise<Contender> {
  const server = await ServerProcess.start("betterSse");
  const { port } = server.served;
  return {
    name: "better-sse",
    pids: () => processTree(server.pid),
    request: { port, path: "/stream", headers: {} },
    publish: ({ json }) => post({ port, path: "/publish" }, json),
    stop: () => server.stop(),
  };
}
