import { DurableObject } from "cloudflare:workers";

import type { Placed, Placement } from "../protocol/placement.ts";

type Row = { key: string | null; version: string; former: string | null };

/** How long it is remembered that an item is gone: longer than any event of it is late. */
const KEEP_GONE_MS = 86_400_000;

/**
 * A share of the table from item to topic. An event of a deletion names neither the document's fields nor its topic, and
 * an event of a move only the new one: here stands which topic holds the item.
 */
export class Directory extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS items (
        stream TEXT NOT NULL,
        id TEXT NOT NULL,
        key TEXT,
        version TEXT NOT NULL,
        former TEXT,
        gone_at INTEGER,
        PRIMARY KEY (stream, id)
      ) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS gone ON items (gone_at) WHERE gone_at IS NOT NULL;
    `);
  }

  /** Notes where items are, unless it knows better; answers where they are. Safe to call twice and out of order. */
  place(stream: string, placements: readonly Placement[]): Placed[] {
    const now = Date.now();
    this.ctx.storage.sql.exec("DELETE FROM items WHERE gone_at < ?", now - KEEP_GONE_MS);
    return placements.map((placement) => this.#placeOne(stream, placement, now));
  }

  #placeOne(stream: string, { id, key, version }: Placement, now: number): Placed {
    const { sql } = this.ctx.storage;
    const [known] = sql
      .exec<Row>("SELECT key, version, former FROM items WHERE stream = ? AND id = ?", stream, id)
      .toArray();
    if (known && version <= known.version) return placed(known);
    const former = known && known.key !== key ? known.key : (known?.former ?? null);
    sql.exec(
      "INSERT OR REPLACE INTO items (stream, id, key, version, former, gone_at) VALUES (?, ?, ?, ?, ?, ?)",
      stream,
      id,
      key,
      version,
      former,
      key === null ? now : null,
    );
    return placed({ key, version, former });
  }
}

function placed({ key, version, former }: Row): Placed {
  return { current: { key, version }, former: former === key ? null : former };
}
