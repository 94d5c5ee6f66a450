import type { CounterName, Counts } from "../durable-objects/Counters.ts";
import type { HubFigures, MetricsShare } from "../durable-objects/Metrics.ts";

/** The figures of all hubs. */
export interface Figures {
  /** Streams that are open now. */
  readonly clients: number;
  /** Hubs with at least one open stream. */
  readonly hubs: number;
  readonly sse: number;
  readonly websocket: number;
  readonly counts: Counts;
  readonly perHub: readonly HubFigures[];
}

/** Adds up what the metrics objects know. */
export function sumShares(shares: readonly MetricsShare[]): Figures {
  const perHub = shares.flatMap(({ hubs }) => hubs);
  const sse = perHub.reduce((sum, hub) => sum + hub.sse, 0);
  const websocket = perHub.reduce((sum, hub) => sum + hub.websocket, 0);
  const watched = perHub.filter((hub) => hub.sse + hub.websocket > 0);
  return {
    clients: sse + websocket,
    hubs: watched.length,
    sse,
    websocket,
    counts: sumCounts(shares),
    perHub,
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
