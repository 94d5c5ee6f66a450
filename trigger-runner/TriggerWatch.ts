import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChangeStream, Collection, Document } from "mongodb";
import type { TriggerConfig } from "./appSchemas.ts";
import { changePipeline } from "./changePipeline.ts";
import type { Log } from "./log.ts";
import { Progress } from "./Progress.ts";
import { streamFailure } from "./streamFailure.ts";
import type { ResumeToken, TokenFile } from "./TokenFile.ts";

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2_000;

/** Empty answers of the database, about one a second, between two writes of an idle stream's token. */
const IDLE_ANSWERS = 30;

export interface WatchParts {
  readonly trigger: TriggerConfig;
  readonly collection: Collection;
  readonly tokens: TokenFile;
  readonly log: Log;
  /** Handles one event to its end; never rejects. */
  readonly handle: (event: Document) => Promise<void>;
  /** How many events may be in hand at once. */
  readonly concurrency: number;
}

/** Follows the change stream of one trigger, over lost connections and restarts, handing over each event. */
export class TriggerWatch {
  readonly #parts: WatchParts;
  readonly #progress: Progress<ResumeToken>;
  readonly #running = new Set<Promise<void>>();
  readonly #opened = Promise.withResolvers<void>();
  readonly #stopping = new AbortController();
  readonly #stopped = once(this.#stopping.signal, "abort");
  #stream: ChangeStream | undefined;
  /** After the last event that was handed over; newer than what is on disk while events are in hand. */
  #position: ResumeToken | undefined;
  #connected = true;
  /** Events that are in hand now count as never handled, whatever becomes of them. */
  #abandoned = false;
  #retries = 0;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#progress = new Progress((token) => parts.tokens.save(token));
  }

  /** Resolves when changes from now on will be seen, even over a restart; or when the trigger is suspended. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** Watches until `stop` or until the trigger is suspended. Never rejects. */
  async run(): Promise<void> {
    try {
      this.#position = await this.#parts.tokens.read();
      while (!this.#stopping.signal.aborted && (await this.#watchOnce())) await this.#pause();
    } catch (error) {
      this.#suspend(String(error));
    }
    this.#opened.resolve();
  }

  /** Stops reading, gives the events in hand `graceMs` to finish, and keeps how far it came. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    await this.#stream?.close().catch(() => undefined);
    const over = new AbortController();
    const grace = sleep(graceMs, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#running), grace]);
    over.abort();
    this.#abandoned = true;
    await this.#parts.tokens.settled();
  }

  /** One life of a stream. Answers whether there is to be another one. */
  async #watchOnce(): Promise<boolean> {
    try {
      this.#position ??= await this.#firstPosition();
      await this.#follow(this.#openStream(this.#position));
      return this.#afterInvalidation();
    } catch (error) {
      return this.#stopping.signal.aborted ? false : this.#afterFailure(error);
    } finally {
      await this.#stream?.close().catch(() => undefined);
    }
  }

  /** Keeps a place before the first event, so that a crash before that event is finished does not lose it. */
  async #firstPosition(): Promise<ResumeToken | undefined> {
    const stream = this.#openStream(undefined, 1);
    const event = await stream.tryNext();
    const token = event ? event._id : stream.resumeToken;
    if (event) await this.#handOver(event);
    else if (token) this.#progress.reach(token as ResumeToken);
    await stream.close();
    await this.#parts.tokens.settled();
    return token as ResumeToken | undefined;
  }

  #openStream(resumeAfter: ResumeToken | undefined, maxAwaitTimeMS?: number): ChangeStream {
    const { collection, trigger } = this.#parts;
    this.#stream = collection.watch([...changePipeline(trigger.config)], {
      ...(trigger.config.full_document ? { fullDocument: "updateLookup" } : {}),
      ...(resumeAfter ? { resumeAfter } : {}),
      ...(maxAwaitTimeMS ? { maxAwaitTimeMS } : {}),
    });
    return this.#stream;
  }

  async #follow(stream: ChangeStream): Promise<void> {
    stream.once("resumeTokenChanged", () => this.#onOpen());
    let idle = 0;
    while (!this.#stopping.signal.aborted && !stream.closed) {
      const event = await stream.tryNext();
      this.#onOpen();
      if (event) await this.#handOver(event);
      else if (++idle % IDLE_ANSWERS === 0) this.#onIdle(stream.resumeToken as ResumeToken | undefined);
    }
  }

  async #handOver(event: Document): Promise<void> {
    const token = event["_id"] as ResumeToken;
    const finish = this.#progress.begin(token);
    this.#position = token;
    const run = this.#parts.handle(event).finally(() => {
      this.#running.delete(run);
      if (!this.#abandoned) finish();
    });
    this.#running.add(run);
    while (this.#running.size >= this.#parts.concurrency && !this.#stopping.signal.aborted) {
      await Promise.race([...this.#running, this.#stopped]);
    }
  }

  #onOpen(): void {
    this.#opened.resolve();
    this.#retries = 0;
    if (this.#connected) return;
    this.#connected = true;
    this.#log("info", "The database is back: the trigger continues where it was");
  }

  /** A place that nobody renews falls off the end of the database's history, even when nothing happened. */
  #onIdle(token: ResumeToken | undefined): void {
    if (!token) return;
    this.#position = token;
    this.#progress.reach(token);
  }

  #afterInvalidation(): boolean {
    return !this.#stopping.signal.aborted && this.#afterLoss("the stream was invalidated");
  }

  #afterFailure(error: unknown): boolean {
    const kind = streamFailure(error);
    const message = error instanceof Error ? error.message : String(error);
    if (kind === "history-lost") return this.#afterLoss(message);
    if (kind === "suspend") return this.#suspend(message);
    if (this.#connected)
      this.#log("warn", "The database can't be reached: the trigger waits", { error: message });
    this.#connected = false;
    return true;
  }

  /** The place in the stream is lost. As on Atlas, `tolerate_resume_errors` goes on without the events between. */
  #afterLoss(reason: string): boolean {
    if (!this.#parts.trigger.config.tolerate_resume_errors) return this.#suspend(reason);
    this.#position = undefined;
    this.#log("warn", "The trigger lost its place and goes on from now: events in between are lost", {
      reason,
    });
    return true;
  }

  #suspend(reason: string): false {
    this.#log(
      "error",
      "The trigger is suspended: it runs again, from now on, when its token file is removed",
      {
        reason,
      },
    );
    return false;
  }

  async #pause(): Promise<void> {
    const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#retries);
    this.#retries += 1;
    await sleep(delay, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  #log(
    level: "info" | "warn" | "error",
    message: string,
    more: Readonly<Record<string, unknown>> = {},
  ): void {
    this.#parts.log({ level, message, trigger: this.#parts.trigger.name, ...more });
  }
}
