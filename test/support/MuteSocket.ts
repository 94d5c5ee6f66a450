import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** The text "ping" as a client's WebSocket frame, under a mask of zeros. */
const PING = Buffer.from([0x81, 0x84, 0, 0, 0, 0, ...Buffer.from("ping")]);

/** A client's close frame, with code 1000. */
const CLOSE = Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]);

/** A client of a stream over WebSocket that pings once and then is as good as dead until it leaves. */
export class MuteSocket {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Connects, and pings once the hub has begun to send. */
  static async open(address: string, cookie: string): Promise<MuteSocket> {
    const url = new URL(address);
    const socket = connect(Number(url.port), url.hostname);
    // However it breaks, nobody is left to be told.
    socket.on("error", () => undefined);
    socket.write(
      [
        `GET ${url.pathname} HTTP/1.1`,
        `Host: ${url.host}`,
        `Cookie: ${cookie}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        `Sec-WebSocket-Key: ${Buffer.alloc(16).toString("base64")}`,
        "\r\n",
      ].join("\r\n"),
    );
    await once(socket, "data");
    socket.write(PING);
    // What comes is thrown away, so that the connection itself stays in order.
    socket.resume();
    return new MuteSocket(socket);
  }

  /** Closes as the protocol has it, and answers all that is heard until the connection ends. */
  async leave(): Promise<Buffer> {
    const heard: Buffer[] = [];
    this.#socket.on("data", (bytes) => heard.push(bytes));
    this.#socket.write(CLOSE);
    await once(this.#socket, "close");
    return Buffer.concat(heard);
  }

  /** Breaks the connection. */
  destroy(): void {
    this.#socket.destroy();
  }
}
