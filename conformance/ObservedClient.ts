import { MongoClient, type MongoClientOptions, ServerApiVersion } from "mongodb";
import { setTimeout as sleep } from "node:timers/promises";
import { ALL_EVENTS, eventTypeOf, type ObservedEvent } from "./driverEvents.ts";
import type { ClientDefinition } from "./testFile.ts";

/** Commands that are never part of what a test observes. */
const NEVER_OBSERVED = ["configureFailPoint"];
const SENSITIVE = new Set([
  "hello",
  "ismaster",
  "isMaster",
  "authenticate",
  "saslStart",
  "saslContinue",
  "getnonce",
  "createUser",
  "updateUser",
  "copydbgetnonce",
  "copydbsaslstart",
  "copydb",
]);
const POLL_MS = 10;

/** A client of the driver that writes down what the driver says about it. */
export class ObservedClient {
  readonly client: MongoClient;
  readonly events: ObservedEvent[] = [];
  readonly #ignored: ReadonlySet<string>;
  readonly #observesSensitive: boolean;
  readonly #stores: { readonly names: ReadonlySet<string>; readonly list: object[] }[] = [];

  constructor(uri: string, definition: ClientDefinition) {
    const observed = new Set(definition.observeEvents ?? []);
    this.#ignored = new Set([...NEVER_OBSERVED, ...(definition.ignoreCommandMonitoringEvents ?? [])]);
    this.#observesSensitive = definition.observeSensitiveCommands ?? false;
    this.client = new MongoClient(withOptions(uri, definition.uriOptions ?? {}), optionsOf(definition));
    for (const [name, driverName] of ALL_EVENTS) {
      // Commands are always written down: some assertions look at the last two.
      const isWanted = observed.has(name);
      this.client.on(driverName, (event: object) => this.#note(name, event, isWanted));
    }
  }

  /** The events that the test asked to observe. */
  observed(type?: "command" | "cmap" | "sdam"): readonly ObservedEvent[] {
    return this.events.filter(
      (event) => event.isWanted && (type === undefined || eventTypeOf(event.name) === type),
    );
  }

  /** The commands that were sent, also those that the test does not observe. */
  started(): readonly ObservedEvent[] {
    return this.events.filter(({ name }) => name === "commandStartedEvent");
  }

  /** A list that every further event of some names is added to. */
  storeOf(names: readonly string[]): readonly object[] {
    const list: object[] = [];
    const lowered = names.map((name) => name.toLowerCase());
    this.#stores.push({ names: new Set(lowered), list });
    return list;
  }

  /** Resolves when so many events fulfil a condition; rejects after a time. */
  async waitFor(
    condition: (event: ObservedEvent) => boolean,
    count: number,
    milliseconds: number,
  ): Promise<void> {
    const deadline = performance.now() + milliseconds;
    while (this.events.filter(condition).length < count) {
      if (performance.now() > deadline) throw new Error(`waited for ${count} events in vain`);
      await sleep(POLL_MS);
    }
  }

  close(): Promise<void> {
    return this.client.close();
  }

  #note(name: string, event: object, isWanted: boolean): void {
    const commandName = "commandName" in event ? String(event.commandName) : null;
    if (commandName !== null && this.#ignored.has(commandName)) return;
    if (commandName !== null && !this.#observesSensitive && isSensitive(commandName)) return;
    this.events.push({ name, event, isWanted });
    for (const { names, list } of this.#stores) {
      if (names.has(name.toLowerCase())) list.push({ name, observedAt: Date.now() / 1000, ...event });
    }
  }
}

function isSensitive(commandName: string): boolean {
  return SENSITIVE.has(commandName);
}

function optionsOf(definition: ClientDefinition): MongoClientOptions {
  const { serverApi } = definition;
  return {
    monitorCommands: true,
    serverSelectionTimeoutMS: 5000,
    // The driver is to find a server again as soon as it may.
    ...(definition.uriOptions?.["heartbeatFrequencyMS"] === undefined ? { heartbeatFrequencyMS: 500 } : {}),
    ...(serverApi === undefined
      ? {}
      : {
          serverApi: {
            version: ServerApiVersion.v1,
            ...(serverApi.strict === undefined ? {} : { strict: serverApi.strict }),
            ...(serverApi.deprecationErrors === undefined
              ? {}
              : { deprecationErrors: serverApi.deprecationErrors }),
          },
        }),
  };
}

function withOptions(uri: string, options: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(options).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return [uri, ...pairs].join("&");
}
