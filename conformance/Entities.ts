import type { AbstractCursor, ChangeStream, ClientSession, Collection, Db, GridFSBucket } from "mongodb";
import { Mismatch } from "./Mismatch.ts";
import type { ObservedClient } from "./ObservedClient.ts";
import type { Thread } from "./Thread.ts";

/** The kinds of entities that operations are called on. */
export interface EntityKinds {
  readonly client: ObservedClient;
  readonly database: Db;
  readonly collection: Collection;
  readonly session: ClientSession;
  readonly bucket: GridFSBucket;
  readonly thread: Thread;
  readonly cursor: AbstractCursor;
  readonly changeStream: ChangeStream;
}

type Kind = keyof EntityKinds;
type Entity = { readonly [K in Kind]: { readonly kind: K; readonly entity: EntityKinds[K] } }[Kind];

/** What a test has made, by its names: things to call, and values that operations gave. */
export class Entities {
  readonly #entities = new Map<string, Entity>();
  readonly #values = new Map<string, unknown>();

  /** Keeps an entity; throws when the name is taken. */
  add<K extends Kind>(kind: K, name: string, entity: EntityKinds[K]): void {
    this.#checkFree(name);
    this.#entities.set(name, { kind, entity } as Entity);
  }

  /** Keeps what an operation gave. */
  addValue(name: string, value: unknown): void {
    this.#checkFree(name);
    this.#values.set(name, value);
  }

  /** The entity of that name; throws when it is none or of another kind. */
  get<K extends Kind>(kind: K, name: string): EntityKinds[K] {
    const found = this.find(name);
    if (found?.kind !== kind) throw new Mismatch(`there is no ${kind} named ${name}`);
    return found.entity as EntityKinds[K];
  }

  /** The entity of that name, of any kind; `null` when there is none. */
  find(name: string): Entity | null {
    return this.#entities.get(name) ?? null;
  }

  /** What an operation gave. */
  value(name: string): unknown {
    if (!this.#values.has(name)) throw new Mismatch(`no result was saved as ${name}`);
    return this.#values.get(name);
  }

  /** All of one kind. */
  all<K extends Kind>(kind: K): readonly EntityKinds[K][] {
    return [...this.#entities.values()]
      .filter((entry) => entry.kind === kind)
      .map(({ entity }) => entity as EntityKinds[K]);
  }

  /** Closes cursors, ends sessions and disconnects clients. */
  async close(): Promise<void> {
    for (const cursor of this.all("cursor")) await cursor.close().catch(() => undefined);
    for (const stream of this.all("changeStream")) await stream.close().catch(() => undefined);
    for (const session of this.all("session")) await session.endSession().catch(() => undefined);
    for (const client of this.all("client")) await client.close();
  }

  #checkFree(name: string): void {
    if (this.#entities.has(name) || this.#values.has(name)) throw new Mismatch(`there is already a ${name}`);
  }
}
