import { PausableStream } from "./PausableStream.ts";
import { SocketStream } from "./SocketStream.ts";
import type { ReceivedEvent } from "./streamReader.ts";

/** How a page comes back: with no id, with its last one, with one from before, or with one that the hub never gave. */
export type Return = "anew" | "continuing" | "from-before" | "from-another-life" | "from-the-future";

/** A note, `null` for a plan that was removed, `undefined` before anything came. */
export type Shown = string | null | undefined;

/** A page over its whole life: it shows what it has been told on one stream after the other. */
export class ModelPage {
  /** Every stream that it had, as far as it was received. */
  readonly streams: (readonly ReceivedEvent[])[] = [];
  stream: PausableStream | SocketStream | null = null;
  /** What it showed when its stream was opened. */
  #before: Shown = undefined;
  #bytesBeforeStall = 0;
  /** What it showed under each id that it was given. */
  readonly #seen = new Map<string, Shown>();

  /** What it shows now. */
  get shown(): Shown {
    const events = this.stream?.events ?? [];
    const last = events.findLast(({ event }) => ["message", "removed", "reset"].includes(event));
    return last ? shownBy(last) : this.#before;
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

  /** Whether the server has given the stream up because it took nothing. */
  get isSentAway(): boolean {
    return this.stream?.events.at(-1)?.event === "bye";
  }

  /** What has been read since it stalled last. */
  get heldBytes(): number {
    return this.stream instanceof PausableStream ? this.stream.bytes - this.#bytesBeforeStall : 0;
  }

  /** Opens a stream and resolves when it is live; answers false when it was refused. */
  async open(url: string, cookie: string, how: Return, overSocket: boolean): Promise<boolean> {
    const lastId = this.#idFor(how);
    this.#before = lastId === undefined ? undefined : this.#seen.get(lastId);
    const stream = overSocket
      ? await SocketStream.open(lastId === undefined ? url : `${url}?lastEventId=${lastId}`, cookie)
      : await PausableStream.open(url, { cookie, ...(lastId !== undefined && { "last-event-id": lastId }) });
    const isLive = () => stream.events.some(({ event }) => event === "live");
    if (stream instanceof PausableStream && stream.status === 200) await stream.until(isLive, "live");
    if (!isLive()) {
      stream.close();
      return false;
    }
    this.stream = stream;
    return true;
  }

  /** Whether it names an id of the hub's present life when it comes back in this way. */
  names(how: Return): boolean {
    return this.#seen.size > 0 && how !== "anew" && how !== "from-another-life";
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
    const { stream, shown } = this;
    if (!stream) return;
    this.streams.push(stream.events);
    for (const event of stream.events)
      if (isUpdate(event) && event.id) this.#seen.set(event.id, shownBy(event));
    this.stream = null;
    this.#before = shown;
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

function isUpdate({ event }: ReceivedEvent): boolean {
  return event === "message" || event === "removed";
}

function shownBy({ event, data }: ReceivedEvent): Shown {
  if (event === "reset") return undefined;
  return event === "removed" ? null : (JSON.parse(data) as { note: string }).note;
}
