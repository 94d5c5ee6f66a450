import type { CounterName, Counts } from "../durable-objects/hub/Counters.ts";
import type { MetricsShare } from "../durable-objects/Metrics.ts";

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
export function sumShares(shares: readonly MetricsShare[]): Figures {
  const sse = shares.reduce((sum, share) => sum + share.sse, 0);
  const websocket = shares.reduce((sum, share) => sum + share.websocket, 0);
  return {
    clients: sse + websocket,
    hubs: shares.reduce((sum, share) => sum + share.hubs, 0),
    sse,
    websocket,
    counts: sumCounts(shares),
  };
}

function sumCounts(shares: readonly MetricsShare[]): Counts {
  const sum: Counts = {};
  for (const { totals } of shares) {
    for (const [name, value] of Object.entries(totals) as [CounterName, number][]) {
      sum[name] = (sum[name] ?? 0) + value;
    }
  }
  return sum;
}
