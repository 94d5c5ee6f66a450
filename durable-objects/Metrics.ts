import { DurableObject } from "cloudflare:workers";

import type { CounterName, Counts } from "../protocol/counters.ts";
import { hubSettings } from "./hub/hubSettings.ts";
import type { HubReport, OpenStreams } from "./hub/Reporter.ts";

/** A hub that reported lately. */
export interface HubFigures extends OpenStreams {
  readonly topic: string;
  readonly counts: Counts;
}

/** What one metrics object knows of its part of the hubs, summed up. */
export interface MetricsShard extends OpenStreams {
  /** Hubs with at least one open stream. */
  readonly hubs: number;
  readonly totals: Counts;
}

/** A hub reports at every heartbeat; one that has been silent for this many holds no streams any more. */
const SILENT_HEARTBEATS = 3;

/** Hubs that nobody watches are listed for an hour after their last report. */
const LISTED_MS = 3_600_000;
const PURGE_MS = 600_000;

/** Sums the figures of a part of the hubs. There are several, so that none of them hears every hub. */
export class Metrics extends DurableObject<Env> {
  readonly #silentMs: number;
  #purgedAt = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#silentMs = SILENT_HEARTBEATS * hubSettings(env).heartbeatMs;
    ctx.storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS hubs (
        topic TEXT PRIMARY KEY,
        sse INTEGER NOT NULL,
        websocket INTEGER NOT NULL,
        counts TEXT NOT NULL,
        reported_at INTEGER NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS totals (name TEXT PRIMARY KEY, value REAL NOT NULL) WITHOUT ROWID;
    `);
  }

  /** Takes in a hub's report. */
  report({ topic, open, counts }: HubReport): void {
    const { sql } = this.ctx.storage;
    this.#purge(Date.now());
    const [before] = sql.exec<{ counts: string }>("SELECT counts FROM hubs WHERE topic = ?", topic).toArray();
    const sum = addCounts(before ? (JSON.parse(before.counts) as Counts) : {}, counts);
    sql.exec(
      "INSERT OR REPLACE INTO hubs (topic, sse, websocket, counts, reported_at) VALUES (?, ?, ?, ?, ?)",
      topic,
      open.sse,
      open.websocket,
      JSON.stringify(sum),
      Date.now(),
    );
    for (const [name, value] of Object.entries(counts)) {
      sql.exec(
        "INSERT INTO totals (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value",
        name,
        value,
      );
    }
  }

  /** The sums of this object's part. Anybody may ask for them, so they are made without reading what each hub counted. */
  shard(): MetricsShard {
    const { sql } = this.ctx.storage;
    const open = sql
      .exec<{ sse: number; websocket: number; hubs: number }>(
        `SELECT coalesce(sum(sse), 0) AS sse, coalesce(sum(websocket), 0) AS websocket, count(*) AS hubs
         FROM hubs WHERE reported_at >= ? AND sse + websocket > 0`,
        Date.now() - this.#silentMs,
      )
      .one();
    const totals = sql.exec<{ name: CounterName; value: number }>("SELECT name, value FROM totals").toArray();
    return { ...open, totals: Object.fromEntries(totals.map(({ name, value }) => [name, value])) };
  }

  /** Streams that are open now, by the name of the declared stream. */
  watchers(): { stream: string; watchers: number }[] {
    return this.ctx.storage.sql
      .exec<{ stream: string; watchers: number }>(
        `SELECT substr(topic, 1, instr(topic, '/') - 1) AS stream, sum(sse + websocket) AS watchers
         FROM hubs WHERE reported_at >= ? GROUP BY stream`,
        Date.now() - this.#silentMs,
      )
      .toArray();
  }

  /** This object's part hub by hub, by topic. */
  hubs(): readonly HubFigures[] {
    const { sql } = this.ctx.storage;
    const now = Date.now();
    this.#purge(now);
    return sql
      .exec<{ topic: string; sse: number; websocket: number; counts: string; reported_at: number }>(
        "SELECT * FROM hubs ORDER BY topic",
      )
      .toArray()
      .map(({ reported_at, counts, ...hub }) => ({
        ...hub,
        ...(now - reported_at > this.#silentMs && { sse: 0, websocket: 0 }),
        counts: JSON.parse(counts) as Counts,
      }));
  }

  /** Where rows are written they are purged, whether or not anybody ever asks for them. Not each time: it reads them all. */
  #purge(now: number): void {
    if (now - this.#purgedAt < PURGE_MS) return;
    this.#purgedAt = now;
    this.ctx.storage.sql.exec("DELETE FROM hubs WHERE reported_at < ?", now - LISTED_MS);
  }
}

function addCounts(sum: Counts, more: Counts): Counts {
  const result = { ...sum };
  for (const [name, value] of Object.entries(more) as [CounterName, number][]) {
    result[name] = (result[name] ?? 0) + value;
  }
  return result;
}
