import { CLOSE_REASONS, COUNTERS, type Counts } from "../protocol/counters.ts";
import { DELAY_BOUNDS } from "../protocol/delayBounds.ts";
import type { Figures } from "./sumShards.ts";

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
      CLOSE_REASONS.map((reason) => [`{reason="${reason}"}`, figures.counts[`closed:${reason}`] ?? 0]),
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
