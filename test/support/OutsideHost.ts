import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A picture of one dot. */
export const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/**
 * All hosts that there are, as far as the Worker under test can tell: what it fetches goes out by this process, and here
 * every way ends at one server on this machine. Only the tests' own questions, whose addresses name a port of loopback,
 * go where they are sent.
 */
export class OutsideHost {
  readonly #server: Server;
  readonly #fetch = globalThis.fetch;
  /** What was asked for, with the headers that came along. */
  readonly asked: { readonly address: string; readonly headers: NodeJS.Dict<string | string[]> }[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Starts it. `answer` is asked with the whole address as the request's `url`. */
  static async start(answer: RequestListener): Promise<OutsideHost> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const host = new OutsideHost(server);
    server.on("request", (request, response) => {
      const address = String(request.headers["x-address"]);
      host.asked.push({ address, headers: request.headers });
      request.url = address;
      answer(request, response);
    });
    globalThis.fetch = (input, init) => host.#detour(input, init);
    return host;
  }

  async stop(): Promise<void> {
    globalThis.fetch = this.#fetch;
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #detour(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const address = typeof input === "string" || input instanceof URL ? String(input) : input.url;
    const { hostname, port: asked } = new URL(address);
    if (hostname === "127.0.0.1" && asked !== "") return this.#fetch(input, init);
    const headers = new Headers(init?.headers);
    headers.set("x-address", address);
    const { port } = this.#server.address() as AddressInfo;
    return this.#fetch(`http://127.0.0.1:${port}/`, { headers, redirect: "manual" });
  }
}
