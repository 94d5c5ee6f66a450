import { AsyncLocalStorage } from "node:async_hooks";
import { format, types } from "node:util";
import { compileFunction, type Context } from "node:vm";
import * as BSON from "bson";
import { atlasHttp } from "./atlasHttp.ts";
import { requireAtlasModule } from "./atlasModules.ts";
import { atlasUtils } from "./atlasUtils.ts";
import { bareContext } from "./bareContext.ts";
import type { Clock } from "./clock.ts";
import type { Log, LogEntry } from "./log.ts";

type AtlasFunction = (argument: unknown) => unknown;

/** What tells one run from another in the log. */
export type RunLabels = Readonly<Record<string, string>>;

/** What every function of an app shares. */
export interface RuntimeParts {
  readonly values: ReadonlyMap<string, string>;
  readonly log: Log;
  readonly clock: Clock;
  /** After how many milliseconds a run is given up. */
  readonly limitMs: number;
}

/** Runs functions as Atlas runs them, in a scope that holds only what Atlas gives. */
export class FunctionRuntime {
  readonly #context: Context;
  readonly #functions = new Map<string, AtlasFunction>();
  readonly #runs = new AsyncLocalStorage<RunLabels>();
  readonly #closing = new AbortController();
  readonly #timers = new Set<unknown>();
  readonly #parts: RuntimeParts;

  constructor(parts: RuntimeParts) {
    this.#parts = parts;
    this.#context = bareContext();
    Object.assign(this.#context, this.#globals());
    const { Date: scopeDate, Math: scopeMath } = this.#context;
    scopeDate.now = () => parts.clock.now();
    scopeMath.random = () => parts.clock.random();
  }

  /** Compiles a function file. @throws an error when it has a mistake or assigns no function to `exports`. */
  load(name: string, source: string): void {
    const compiled = compileFunction(`${source}\n;return exports;`, ["exports"], {
      parsingContext: this.#context,
      filename: `functions/${name}.js`,
    });
    const exported: unknown = compiled({});
    if (typeof exported !== "function")
      throw new Error(`functions/${name}.js assigns no function to exports`);
    this.#functions.set(name, exported as AtlasFunction);
  }

  /** Runs a function to its end. @throws what it throws, or an error when it takes longer than Atlas lets it. */
  async run(name: string, argument: unknown, labels: RunLabels): Promise<void> {
    const run = this.#functions.get(name);
    if (!run) throw new Error(`There is no function ${name}`);
    const { limitMs } = this.#parts;
    const limit = Promise.withResolvers<never>();
    const timer = setTimeout(() => limit.reject(new Error(`it ran for longer than ${limitMs} ms`)), limitMs);
    try {
      await Promise.race([this.#runs.run(labels, async () => run(argument)), limit.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** True when whatever still runs has been cut off. */
  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Ends what is still running: its requests fail, its timers never fire. */
  close(): void {
    this.#closing.abort();
    for (const timer of this.#timers) this.#parts.clock.clearTimeout(timer);
    this.#timers.clear();
  }

  #globals(): Readonly<Record<string, unknown>> {
    const { values } = this.#parts;
    return {
      context: {
        http: atlasHttp(this.#closing.signal),
        values: { get: (name: string) => values.get(name) },
        environment: { tag: "", values: {} },
      },
      utils: atlasUtils,
      BSON,
      EJSON: {
        stringify: (value: unknown) => BSON.EJSON.stringify(value, { relaxed: false }),
        parse: (text: string) => BSON.EJSON.parse(text, { relaxed: false }),
      },
      require: requireAtlasModule,
      console: this.#console(),
      setTimeout: (callback: () => void, delayMs: number) => this.#setTimeout(callback, delayMs),
      clearTimeout: (timer: unknown) => this.#clearTimeout(timer),
    };
  }

  #console(): Readonly<Record<string, (...values: readonly unknown[]) => void>> {
    const writer = (level: LogEntry["level"]) => {
      return (...values: readonly unknown[]) =>
        this.#parts.log({ level, message: format(...values), ...this.#runs.getStore() });
    };
    return { log: writer("info"), info: writer("info"), warn: writer("warn"), error: writer("error") };
  }

  #setTimeout(callback: () => void, delayMs: number): unknown {
    if (this.closed) return undefined;
    const timer = this.#parts.clock.setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, delayMs);
    this.#timers.add(timer);
    return timer;
  }

  #clearTimeout(timer: unknown): void {
    this.#timers.delete(timer);
    this.#parts.clock.clearTimeout(timer);
  }
}

/** The message of whatever a function threw. Its errors are of another scope, so `instanceof` does not know them. */
export function thrownMessage(thrown: unknown): string {
  return types.isNativeError(thrown) ? thrown.message : String(thrown);
}
