import { processTree } from "../measure/processTree.ts";
import { post } from "../post.ts";
import { ServerProcess } from "../ServerProcess.ts";
import type { Contender } from "./Contender.ts";

/** How a bare hub writes. */
export interface BareOptions {
  /** One of the kinds of stream in `bench/worker/openStream.ts`, or "tee". */
  readonly kind: string;
  /** How many are written to before the runtime gets to send it. */
  readonly atOnce: number;
}

/** Starts the bare limit. */
export async function startBareLimit(): Promise<Contender> {
  const server = await ServerProcess.start("bareLimit");
  return {
    ...bareContender(server, "bare limit", { kind: "sized", atOnce: 100 }),
    stop: () => server.stop(),
  };
}

/** One more hub on a bare server that runs already; whoever started that stops it. */
export function bareContender(server: ServerProcess, name: string, { kind, atOnce }: BareOptions): Contender {
  const { port } = server.served;
  const path = `/${kind}-${atOnce}?kind=${kind}&atOnce=${atOnce}`;
  return {
    name,
    pids: () => processTree(server.pid),
    request: { port, path, headers: {} },
    publish: ({ json }) => post({ port, path }, json),
    stop: async () => {},
  };
}
