import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { text } from "node:stream/consumers";

/** What becomes of a posted event: it arrives, it is kept for later, or it is lost though the sender heard "200". */
export type Fate = "pass" | "hold" | "lose";

/** The network between the function and the hook, in the hands of a test. */
export class HookRelay {
  /** The bodies that were held, in the order in which they came. */
  readonly held: string[] = [];
  /** How many bodies were lost. */
  lost = 0;
  readonly #server: Server;
  readonly #target: string;
  readonly #fate: (body: string) => Fate;

  private constructor(target: string, fate: (body: string) => Fate) {
    this.#target = target;
    this.#fate = fate;
    this.#server = createServer(async (request, response) => {
      const body = await text(request);
      response.writeHead(await this.#take(body, request.headers)).end();
    });
  }

  /**
   * Starts a relay.
   * @param target the address of the Worker.
   * @param fate decides about each body.
   */
  static async start(target: string, fate: (body: string) => Fate): Promise<HookRelay> {
    const relay = new HookRelay(target, fate);
    relay.#server.listen(0, "127.0.0.1");
    await once(relay.#server, "listening");
    return relay;
  }

  /** The address that stands in for the Worker's. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The relay does not listen");
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #take(body: string, headers: IncomingHttpHeaders): Promise<number> {
    const fate = this.#fate(body);
    if (fate === "pass") return this.#forward(body, headers);
    if (fate === "hold") this.held.push(body);
    else this.lost++;
    return 200;
  }

  async #forward(body: string, headers: IncomingHttpHeaders): Promise<number> {
    const passed = Object.entries(headers).filter(([name]) => name.startsWith("mealcast-"));
    const init = { method: "POST", headers: passed as [string, string][], body };
    const answer = await fetch(`${this.#target}/api/hooks/atlas`, init);
    await answer.body?.cancel();
    return answer.status;
  }
}
