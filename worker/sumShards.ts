import type { CounterName, Counts } from "../protocol/counters.ts";
import type { MetricsShard } from "../durable-objects/Metrics.ts";

/** The figures of all hubs. */
export interface Figures {
  /** Streams that are open now. */
  readonly clients: number;
  /** Hubs with at least one open stream. */
  readonly hubs: number;
  readonly sse: number;
  readonly websocket: number;
  readonly counts: Counts;
}

/** Adds up what the metrics objects know. */
export function sumShards(shards: readonly MetricsShard[]): Figures {
  const sse = shards.reduce((sum, shard) => sum + shard.sse, 0);
  const websocket = shards.reduce((sum, shard) => sum + shard.websocket, 0);
  return {
    clients: sse + websocket,
    hubs: shards.reduce((sum, shard) => sum + shard.hubs, 0),
    sse,
    websocket,
    counts: sumCounts(shards),
  };
}

function sumCounts(shards: readonly MetricsShard[]): Counts {
  const sum: Counts = {};
  for (const { totals } of shards) {
    for (const [name, value] of Object.entries(totals) as [CounterName, number][]) {
      sum[name] = (sum[name] ?? 0) + value;
    }
  }
  return sum;
}
