import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Stands between a client and a server, counts the client's connections, and can play dead. */
export class TcpProxy {
  readonly port: number;
  /** How many connections have been made so far. */
  made = 0;
  #isFrozen = false;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #waiting = new Set<() => void>();

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (client) => this.#connected(client, target));
  }

  /** Starts a proxy on a port of loopback, a free one unless told. */
  static async start(target: number, port = 0): Promise<TcpProxy> {
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    return new TcpProxy(server, target);
  }

  /** How many connections are open now. */
  get open(): number {
    return this.#open.size;
  }

  /** Waits until no connection is open. */
  async untilNone(): Promise<void> {
    while (this.#open.size > 0) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  /** Cuts all connections, as a server that dies does. */
  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }

  /** Lets nothing pass any more, without a word to either side. */
  freeze(): void {
    this.#isFrozen = true;
  }

  /** Lets pass again. What came in between is lost. */
  thaw(): void {
    this.#isFrozen = false;
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #connected(client: Socket, target: number): void {
    this.made++;
    this.#open.add(client);
    const server = connect(target, "127.0.0.1");
    client.on("data", (bytes) => this.#isFrozen || server.write(bytes));
    server.on("data", (bytes) => this.#isFrozen || client.write(bytes));
    // A cut connection is what this is for, on either side.
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
    server.on("close", () => client.destroy());
    client.on("close", () => {
      server.destroy();
      this.#open.delete(client);
      for (const wake of this.#waiting) wake();
      this.#waiting.clear();
    });
  }
}
