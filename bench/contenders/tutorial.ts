import { processTree } from "../measure/processTree.ts";
import { post } from "../post.ts";
import { ServerProcess } from "../ServerProcess.ts";
import type { Contender } from "./Contender.ts";

/** Starts the tutorial design on the same local database. Changes are writes, as it has no other way to hear of them. */
export async function startTutorial(mongoUri: string): Promise<Contender> {
  const server = await ServerProcess.start("tutorial", { MONGODB_URI: mongoUri });
  const { port, details } = server.served;
  const { planId = "" } = details;
  return {
    name: "tutorial",
    pids: () => processTree(server.pid),
    request: { port, path: `/stream/${planId}`, headers: {} },
    publish: ({ json }) => post({ port, path: `/plans/${planId}` }, json),
    stop: () => server.stop(),
  };
}
