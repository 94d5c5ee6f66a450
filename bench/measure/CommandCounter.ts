import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

import { portOf } from "../servers/portOf.ts";

const OP_MSG = 2013;
const HEADER_BYTES = 16;
const OPCODE_AT = 12;
/** After the header: flags, the kind of the section, the document's length and its first field's type. */
const COMMAND_NAME_AT = HEADER_BYTES + 4 + 1 + 4 + 1;

/** A TCP proxy before a MongoDB server that counts the commands passing through, by their names. */
export class CommandCounter {
  readonly port: number;
  #answered = 0;
  #counts = new Map<string, number>();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.port = portOf(server);
    server.on("connection", (client) => this.#connected(client, target));
  }

  /** Starts a proxy on a free port. */
  static async start(target: number): Promise<CommandCounter> {
    const server = createServer({ noDelay: true }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return new CommandCounter(server, target);
  }

  /** An address that leads through here: the driver must not look for the server's own. */
  uri(database: string): string {
    return `mongodb://127.0.0.1:${this.port}/${database}?directConnection=true`;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** How often a command was sent since the last `reset`. An aggregate that opens a change stream is `$changeStream`. */
  count(command: string): number {
    return this.#counts.get(command) ?? 0;
  }

  /** How many bytes the server has answered since the last `reset`. */
  get answered(): number {
    return this.#answered;
  }

  /** Starts counting again. */
  reset(): void {
    this.#answered = 0;
    this.#counts = new Map();
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #connected(client: Socket, target: number): void {
    const server = connect({ port: target, host: "127.0.0.1", noDelay: true });
    this.#sockets.add(client);
    const end = (): void => {
      this.#sockets.delete(client);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("error", end).on("close", end);
    let pending: Buffer = Buffer.alloc(0);
    client.on("data", (bytes) => {
      pending = this.#read(pending.length > 0 ? Buffer.concat([pending, bytes]) : bytes);
      server.write(bytes);
    });
    server.on("data", (bytes: Buffer) => (this.#answered += bytes.length));
    server.pipe(client);
  }

  /** Counts the complete messages; answers what is left. */
  #read(bytes: Buffer): Buffer {
    let at = 0;
    while (bytes.length - at >= HEADER_BYTES) {
      const end = at + bytes.readInt32LE(at);
      if (end > bytes.length) break;
      this.#countOne(bytes.subarray(at, end));
      at = end;
    }
    return bytes.subarray(at);
  }

  #countOne(message: Buffer): void {
    if (message.readInt32LE(OPCODE_AT) !== OP_MSG) return;
    const name = message.toString("latin1", COMMAND_NAME_AT, message.indexOf(0, COMMAND_NAME_AT));
    const opensStream = name === "aggregate" && message.includes("$changeStream");
    const counted = opensStream ? "$changeStream" : name;
    this.#counts.set(counted, this.count(counted) + 1);
  }
}
