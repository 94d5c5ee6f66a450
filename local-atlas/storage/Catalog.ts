import type { DatabaseSync } from "node:sqlite";
import { type BsonDocument, decodeDocument, encodeDocument } from "../bson/BsonDocument.ts";
import type { Time } from "../oplog/clusterTime.ts";
import type { CollectionInfo, IndexInfo } from "./collectionInfo.ts";
import { toIndexInfo } from "./indexSpec.ts";
import { newUuid } from "./newUuid.ts";

/** A collection had the first of its former names that ended after that time, or else has its present one. */
const NAMED_AT = `
  SELECT c.* FROM collections c LEFT JOIN former_names f
    ON f.collection = c.id
    AND f.until = (SELECT min(until) FROM former_names WHERE collection = c.id AND until > :time)
  WHERE c.created <= :time AND (c.dropped IS NULL OR c.dropped > :time)
    AND coalesce(f.database, c.database) = :database AND coalesce(f.name, c.name) = :name`;

type Row = Readonly<Record<string, unknown>>;

/** Which collections and indexes there are, and which collections there were. */
export class Catalog {
  readonly #database: DatabaseSync;
  /** The living collections by `database\0name`, read when first asked for. */
  readonly #known = new Map<string, CollectionInfo | null>();

  /** What `noteMultikey` has noted, for those who hold an older `IndexInfo`. */
  readonly #noted = new Set<string>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The living collection of that name. */
  find(database: string, name: string): CollectionInfo | null {
    const key = `${database}\0${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const row = this.#database
      .prepare("SELECT * FROM collections WHERE database = ? AND name = ? AND dropped IS NULL")
      .get(database, name);
    const collection = row === undefined ? null : this.#toCollection(row);
    this.#known.set(key, collection);
    return collection;
  }

  /** The collection that had that name at a time. */
  findAt(database: string, name: string, time: Time): CollectionInfo | null {
    const row = this.#database.prepare(NAMED_AT).get({ database, name, time });
    return row === undefined ? null : { ...this.#toCollection(row), database, name };
  }

  /** True when the collection was there at a time, whatever its name was. */
  existedAt(collection: CollectionInfo, time: Time): boolean {
    const row = this.#database.prepare("SELECT created FROM collections WHERE id = ?").get(collection.id);
    return row !== undefined && String(row["created"]) <= time;
  }

  /** The living collections of one database, or of all, by name. */
  list(database?: string): readonly CollectionInfo[] {
    return this.#database
      .prepare(
        `SELECT * FROM collections WHERE dropped IS NULL AND (? IS NULL OR database = ?)
         ORDER BY database, name`,
      )
      .all(database ?? null, database ?? null)
      .map((row) => this.#toCollection(row));
  }

  create(
    database: string,
    name: string,
    options: BsonDocument,
    time: Time,
    uuid: Uint8Array = newUuid(),
  ): CollectionInfo {
    this.#database
      .prepare("INSERT INTO collections (database, name, uuid, options, created) VALUES (?, ?, ?, ?, ?)")
      .run(database, name, uuid, encodeDocument(options), time);
    this.forget();
    const collection = this.find(database, name);
    if (collection === null) throw new Error(`the new collection ${database}.${name} is not there`);
    return collection;
  }

  /** Ends a collection's life; its rows are the caller's to move. */
  drop(collection: CollectionInfo, time: Time): void {
    this.#database.prepare("UPDATE collections SET dropped = ? WHERE id = ?").run(time, collection.id);
    this.#database.prepare("DELETE FROM indexes WHERE collection = ?").run(collection.id);
    this.forget();
  }

  rename(collection: CollectionInfo, database: string, name: string, time: Time): void {
    this.#database
      .prepare("INSERT INTO former_names (collection, database, name, until) VALUES (?, ?, ?, ?)")
      .run(collection.id, collection.database, collection.name, time);
    this.#database
      .prepare("UPDATE collections SET database = ?, name = ? WHERE id = ?")
      .run(database, name, collection.id);
    this.forget();
  }

  setOptions(collection: CollectionInfo, options: BsonDocument): void {
    this.#database
      .prepare("UPDATE collections SET options = ? WHERE id = ?")
      .run(encodeDocument(options), collection.id);
    this.forget();
  }

  setIndexSpec(index: IndexInfo, spec: BsonDocument): void {
    this.#database.prepare("UPDATE indexes SET spec = ? WHERE id = ?").run(encodeDocument(spec), index.id);
    this.forget();
  }

  addIndex(collection: CollectionInfo, name: string, spec: BsonDocument): IndexInfo {
    const { lastInsertRowid } = this.#database
      .prepare("INSERT INTO indexes (collection, name, spec) VALUES (?, ?, ?)")
      .run(collection.id, name, encodeDocument(spec));
    this.forget();
    return toIndexInfo(Number(lastInsertRowid), spec, new Set());
  }

  dropIndex(index: IndexInfo): void {
    this.#database.prepare("DELETE FROM indexes WHERE id = ?").run(index.id);
    this.#database.prepare("DELETE FROM multikey WHERE index_id = ?").run(index.id);
    this.forget();
  }

  /** Notes that fields of an index went through an array; it stays so. */
  noteMultikey(index: IndexInfo, positions: ReadonlySet<number>): void {
    const news = [...positions].filter(
      (position) => !index.multikey.has(position) && !this.#noted.has(`${index.id} ${position}`),
    );
    if (news.length === 0) return;
    const note = this.#database.prepare("INSERT OR IGNORE INTO multikey (index_id, position) VALUES (?, ?)");
    for (const position of news) {
      note.run(index.id, position);
      this.#noted.add(`${index.id} ${position}`);
    }
    this.#known.clear();
  }

  /** Reads anew from now on: after a change, and after a change was rolled back. */
  forget(): void {
    this.#known.clear();
    this.#noted.clear();
  }

  #toCollection(row: Row): CollectionInfo {
    return {
      id: Number(row["id"]),
      database: String(row["database"]),
      name: String(row["name"]),
      uuid: bytesOf(row["uuid"]),
      options: decodeDocument(bytesOf(row["options"])),
      indexes: this.#database
        .prepare("SELECT id, spec FROM indexes WHERE collection = ? ORDER BY id")
        .all(Number(row["id"]))
        .map((index) => this.#toIndex(Number(index["id"]), bytesOf(index["spec"]))),
    };
  }

  #toIndex(id: number, spec: Uint8Array): IndexInfo {
    const rows = this.#database.prepare("SELECT position FROM multikey WHERE index_id = ?").all(id);
    return toIndexInfo(id, decodeDocument(spec), new Set(rows.map(({ position }) => Number(position))));
  }
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error("a column of the database file holds no bytes");
}
