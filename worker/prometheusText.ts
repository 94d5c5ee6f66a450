import type { Counts } from "../durable-objects/hub/Counters.ts";
import { DELAY_BOUNDS } from "../protocol/delayBounds.ts";
import type { Figures } from "./sumShards.ts";

const COUNTERS = {
  published: "Changes that got a new event",
  repeats: "Changes that were known already",
  stale: "Changes that were older than what was known",
  healed: "Differences that a reconcile found and healed",
  joined: "Streams opened",
  resumed: "Streams that continued where they had been",
  reset: "Streams that had to start over",
  conflated: "Updates that a newer one overtook before they were handed over",
  mismatched: "Pages that found themselves different from the hub",
  refused: "Streams refused",
  delivered: "Updates handed over",
} as const satisfies Partial<Record<keyof Counts, string>>;

/** Writes the figures in the Prometheus text format, version 0.0.4. */
export function prometheusText(figures: Figures): string {
  const lines = [
    ...gauge("mealcast_streams", "Open streams", [
      ['{transport="sse"}', figures.sse],
      ['{transport="websocket"}', figures.websocket],
    ]),
    ...gauge("mealcast_hubs", "Hubs with open streams", [["", figures.hubs]]),
    ...Object.entries(COUNTERS).flatMap(([name, help]) =>
      counter(`mealcast_${name}_total`, help, [["", figures.counts[name as keyof typeof COUNTERS] ?? 0]]),
    ),
    ...counter(
      "mealcast_closed_total",
      "Streams closed, by reason",
      labelled(figures.counts, "closed:", "reason"),
    ),
    ...delayHistogram(figures.counts),
  ];
  return `${lines.join("\n")}\n`;
}

type Samples = readonly (readonly [labels: string, value: number])[];

function gauge(name: string, help: string, samples: Samples): string[] {
  return metric(name, help, "gauge", samples);
}

function counter(name: string, help: string, samples: Samples): string[] {
  return metric(name, help, "counter", samples);
}

function metric(name: string, help: string, type: string, samples: Samples): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
  ];
}

function labelled(counts: Counts, prefix: string, label: string): Samples {
  return Object.entries(counts)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [`{${label}="${name.slice(prefix.length)}"}`, value]);
}

function delayHistogram(counts: Counts): string[] {
  const name = "mealcast_delay_seconds";
  let sum = 0;
  const buckets = [...DELAY_BOUNDS, "+Inf" as const].map((bound) => {
    sum += counts[`delay:${bound}`] ?? 0;
    return `${name}_bucket{le="${bound}"} ${sum}`;
  });
  return [
    `# HELP ${name} From the change in the database until it was handed over`,
    `# TYPE ${name} histogram`,
    ...buckets,
    `${name}_sum ${counts.delaySum ?? 0}`,
    `${name}_count ${sum}`,
  ];
}
