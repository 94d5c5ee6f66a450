import { contentHash } from "./contentHash.ts";

/** How many metrics objects share the hubs between them. */
const OBJECTS = 4;

/** The names of all metrics objects. */
export const METRICS_NAMES: readonly string[] = Array.from(
  { length: OBJECTS },
  (_, index) => `metrics-${index}`,
);

/** The name of the metrics object that a topic's hub reports to. */
export function metricsName(topic: string): string {
  return `metrics-${Number.parseInt(contentHash(topic).slice(-4), 16) % OBJECTS}`;
}
