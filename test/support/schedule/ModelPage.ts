import { hashOfItems, itemIdIn } from "../heldItems.ts";
import { PausableStream } from "../PausableStream.ts";
import { SocketStream } from "../SocketStream.ts";
import type { ReceivedEvent } from "../streamReader.ts";

/** How a page comes back: with no id, with its last one, with one from before, or with one that the hub never gave. */
export type Return = "anew" | "continuing" | "from-before" | "from-another-life" | "from-the-future";

/** Items by their `_id` as JSON text: what a page shows of each. */
export type Held = ReadonlyMap<string, string>;

/** A page over its whole life: it shows what it has been told on one stream after the other. */
export class ModelPage {
  /** Every stream that it had, as far as it was received. */
  readonly streams: (readonly ReceivedEvent[])[] = [];
  stream: PausableStream | SocketStream | null = null;
  #held = new Map<string, string>();
  /** How many events of its stream are in what it shows. */
  #taken = 0;
  #bytesBeforeStall = 0;
  /** What it showed under each id that it was given. */
  readonly #seen = new Map<string, Held>();

  /** What it shows now. */
  get held(): Held {
    for (const event of this.stream?.events.slice(this.#taken) ?? []) this.#take(event);
    return this.#held;
  }

  get isOpen(): boolean {
    return this.stream !== null && !this.stream.ended;
  }

  get isReading(): boolean {
    return this.isOpen && !(this.stream instanceof PausableStream && this.stream.paused);
  }

  /** Takes nothing more off the wire. A socket can't be told to: it goes on. */
  stall(): void {
    if (!(this.stream instanceof PausableStream) || this.stream.paused) return;
    this.#bytesBeforeStall = this.stream.bytes;
    this.stream.pause();
  }

  /** Reads again. */
  read(): void {
    if (this.stream instanceof PausableStream) this.stream.resume();
  }

  /** What the server said last when it gave the stream up: `bye` or `revoked`. */
  get farewell(): string | null {
    const last = this.stream?.events.at(-1)?.event;
    return last === "bye" || last === "revoked" ? last : null;
  }

  /** What has been read since it stalled last. */
  get heldBytes(): number {
    return this.stream instanceof PausableStream ? this.stream.bytes - this.#bytesBeforeStall : 0;
  }

  /** Opens a stream and resolves when it is live; answers false when it was refused. */
  async open(url: string, cookie: string, how: Return, overSocket: boolean): Promise<boolean> {
    const lastId = this.#idFor(how);
    const stream = await openStream(url, cookie, lastId, overSocket);
    const isLive = () => stream.events.some(({ event }) => event === "live");
    if (stream instanceof PausableStream && stream.status === 200) await stream.until(isLive, "live");
    if (!isLive()) {
      stream.close();
      return false;
    }
    this.#held = new Map(lastId === undefined ? [] : this.#seen.get(lastId));
    this.#taken = 0;
    this.stream = stream;
    return true;
  }

  /** Whether it names an id of the hub's present life when it comes back in this way. */
  names(how: Return): boolean {
    return this.#seen.size > 0 && how !== "anew" && how !== "from-another-life";
  }

  /** Waits for the next heartbeat that tells a fingerprint, and answers whether that is the one of what it shows. */
  async agrees(): Promise<boolean> {
    const { stream } = this;
    const seen = hashesIn(stream?.events ?? []).length;
    const next = () => hashesIn(stream?.events ?? [])[seen];
    await stream?.until(() => next() !== undefined, "a heartbeat's fingerprint");
    return next() === hashOfItems(this.held.values());
  }

  /** Reads all that is left of a stream that the server ends. */
  async readToEnd(): Promise<void> {
    if (this.stream instanceof PausableStream) this.stream.resume();
    await this.stream?.untilEnded();
    this.forget();
  }

  /** Closes its stream: as a closed tab does, or without a word. */
  leave(vanishing: boolean): void {
    if (vanishing && this.stream instanceof PausableStream) this.stream.vanish();
    else this.stream?.close();
    this.forget();
  }

  /** Lets go of a stream, and keeps what came by it. */
  forget(): void {
    if (!this.stream) return;
    // For the ids that have not been looked at yet.
    void this.held;
    this.streams.push(this.stream.events);
    this.stream = null;
  }

  #take({ event, id, data }: ReceivedEvent): void {
    this.#taken++;
    if (event === "reset") this.#held.clear();
    if (event === "message") this.#held.set(itemIdIn(data), data);
    if (event === "removed") this.#held.delete(itemIdIn(data));
    if (id !== undefined) this.#seen.set(id, new Map(this.#held));
  }

  #idFor(how: Return): string | undefined {
    const ids = [...this.#seen.keys()];
    const last = ids.at(-1);
    if (how === "from-another-life") return "0anotherlife-3";
    if (how === "anew" || last === undefined) return undefined;
    if (how === "from-the-future") return `${last.split("-")[0]}-999999`;
    return how === "from-before" ? ids[Math.floor(ids.length / 2)] : last;
  }
}

async function openStream(
  address: string,
  cookie: string,
  lastId: string | undefined,
  overSocket: boolean,
): Promise<PausableStream | SocketStream> {
  if (!overSocket)
    return PausableStream.open(address, { cookie, ...(lastId !== undefined && { "last-event-id": lastId }) });
  const url = new URL(address);
  if (lastId !== undefined) url.searchParams.set("lastEventId", lastId);
  return SocketStream.open(url.href, cookie);
}

function hashesIn(events: readonly ReceivedEvent[]): readonly string[] {
  return events.flatMap(({ event, data }) =>
    event === "ping" ? ((JSON.parse(data) as { hash?: string }).hash ?? []) : [],
  );
}
