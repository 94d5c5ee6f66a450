import { createServer, type Server } from "node:net";
import { type AnswerCommand, Connection, type ReportProblem } from "./Connection.ts";

/** The listening socket and its connections. */
export class Listener {
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  readonly #report: ReportProblem;
  #nextId = 1;

  constructor(answer: AnswerCommand, report: ReportProblem) {
    this.#report = report;
    this.#server = createServer((socket) => {
      const connection = new Connection(this.#nextId++, socket, answer, report);
      this.#connections.add(connection);
      socket.on("close", () => this.#connections.delete(connection));
    });
  }

  /** How many clients are connected. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Resolves to the port; port 0 takes a free one. Rejects with Node's error, `EADDRINUSE` for a taken port. */
  async listen(port: number, host: string): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once("error", reject);
    this.#server.listen(port, host, resolve);
    await promise;
    this.#server.off("error", reject);
    // A failed accept (too many open files) is one connection lost, not the end of the server.
    this.#server.on("error", (error) => this.#report(0, String(error)));
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : port;
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    for (const connection of this.#connections) connection.close();
    await promise;
  }
}
