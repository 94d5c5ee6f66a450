import type { ClientAnswer, ClientRequest } from "./messages.ts";
import { Swarm } from "./Swarm.ts";

// A process that holds clients. The bench asks by message, one thing at a time.

const swarm = new Swarm();

async function answer(request: ClientRequest): Promise<ClientAnswer> {
  switch (request.ask) {
    case "open":
      return swarm.open(request.request, request.count, request.atOnce);
    case "await":
      return swarm.await(request.seq, request.timeoutMs);
    case "sample":
      swarm.sample();
      return { closed: true };
    case "sampled":
      return swarm.sampled();
    case "close":
      swarm.close();
      return { closed: true };
  }
}

process.on("message", (request: ClientRequest) => {
  void answer(request).then((value) => process.send?.(value));
});
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => {});
