import { barChart } from "./barChart.ts";
import { lineChart } from "./lineChart.ts";
import type { Results } from "./Results.ts";

const BINS_PER_SECOND = 10;

/** The pictures of all that was measured, by file name. */
export function charts(results: Results): Readonly<Record<string, string>> {
  return {
    ...(results.fanout && { "fanout.svg": fanoutChart(results.fanout) }),
    ...(results.burst && { "burst.svg": burstChart(results.burst) }),
    ...(results.watching && { "watching.svg": watchingChart(results.watching) }),
    ...(results.storm && { "storm.svg": stormChart(results.storm) }),
  };
}

function fanoutChart(rows: NonNullable<Results["fanout"]>): string {
  const groups = Map.groupBy(rows, ({ watchers, bytes }) => `${watchers} watchers, ${bytes / 1000} kB`);
  return barChart({
    title: "From the POST until the last client has the change",
    unit: "ms",
    groups: [...groups].map(([label, group]) => ({
      label,
      bars: group.map(({ contender, last }) => ({ name: contender, value: last.median })),
    })),
  });
}

function burstChart(rows: NonNullable<Results["burst"]>): string {
  const nameOf = ({ contender, watchers }: (typeof rows)[number]) => `${contender} (${watchers})`;
  return barChart({
    title: "200 changes a second: how old is what watchers show",
    unit: "ms",
    groups: [
      { label: "p50", bars: rows.map((row) => ({ name: nameOf(row), value: row.ageP50 })) },
      { label: "p99", bars: rows.map((row) => ({ name: nameOf(row), value: row.ageP99 })) },
    ],
  });
}

function watchingChart(rows: NonNullable<Results["watching"]>): string {
  const byContender = [...Map.groupBy(rows, ({ contender }) => contender)];
  return lineChart({
    title: "Work for the database as watchers grow",
    xLabel: "watchers",
    yLabel: "reads per change, change streams (0 is drawn as 0.1)",
    isLogarithmic: true,
    series: byContender.flatMap(([contender, group]) => [
      {
        name: `${contender}: reads`,
        points: group.map((row) => [row.watchers, row.readsPerChange] as const),
      },
      {
        name: `${contender}: streams`,
        points: group.map((row) => [row.watchers, row.changeStreams] as const),
      },
    ]),
  });
}

function stormChart({ attempts, live, clients }: NonNullable<Results["storm"]>): string {
  return lineChart({
    title: `workerd killed under ${clients} streams`,
    xLabel: "seconds after the kill",
    yLabel: "clients",
    series: [
      {
        name: "attempts per 100 ms",
        points: attempts.map((count, index) => [index / BINS_PER_SECOND, count] as const),
      },
      { name: "live", points: live.map((count, index) => [index / BINS_PER_SECOND, count] as const) },
    ],
  });
}
