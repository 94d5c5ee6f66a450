import type { BurstRow } from "../benches/burst.ts";
import type { FanoutRow } from "../benches/fanout.ts";
import type { ItemsFigures } from "../benches/items.ts";
import type { Storm } from "../benches/storm.ts";
import { figure, markdownTable } from "./markdownTable.ts";
import type { Machine, Results } from "./Results.ts";

/** The last bucket of the ages: what is in it may be any age above. */
const OLDEST_MS = 19_999;

/** All figures as a page in Markdown. */
export function resultsPage(results: Results): string {
  const sections = [
    "# Results\n\nWritten by `npm run bench`; how each figure is measured stands at the top of its file in [`bench/benches/`](../../bench/benches/).",
    results.machine && machineLine(results.machine),
    results.fanout && fanoutSection(results.fanout),
    results.kinds && kindsSection(results.kinds),
    results.burst && burstSection(results.burst),
    results.watching && watchingSection(results.watching),
    results.items && itemsSection(results.items),
    results.screen && screenSection(results.screen),
    results.storm && stormSection(results.storm),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

function machineLine({ at, cpu, cores, node, system }: Machine): string {
  return `Last run ${at}, ${cores} cores (${cpu}), ${system}, Node ${node}. Server, clients and publisher share the cores, so compare within a table, not between machines.`;
}

function fanoutSection(rows: readonly FanoutRow[]): string {
  const groups = [...Map.groupBy(rows, ({ watchers, bytes }) => `${watchers} ${bytes}`).values()];
  const tables = groups.map((group) => {
    const [{ watchers, bytes, rounds } = group[0] as FanoutRow] = group;
    const ours = group.find(({ contender }) => contender === "ours");
    const table = markdownTable(
      [
        "",
        "first ms",
        "median ms",
        "last ms",
        "(quartiles)",
        "last ÷ ours",
        "CPU µs per delivery",
        "missing",
      ],
      group.map((row) => [
        row.contender,
        figure(row.first.median),
        figure(row.middle.median),
        figure(row.last.median),
        `${figure(row.last.low)}–${figure(row.last.high)}`,
        ours ? figure(row.last.median / ours.last.median) : "–",
        figure(row.cpuMicroseconds),
        String(row.missing),
      ]),
    );
    return `### ${watchers} watchers, ${bytes / 1000} kB\n\nMedians of ${rounds} rounds.\n\n${table}`;
  });
  return ["## Fan-out", "![last client](fanout.svg)", ...tables, connectionsSection(rows)].join("\n\n");
}

function connectionsSection(rows: readonly FanoutRow[]): string {
  const most = Math.max(...rows.map(({ watchers }) => watchers));
  const perContender = [...Map.groupBy(rows, ({ contender }) => contender).values()];
  const table = markdownTable(
    ["", "streams", "accepted per second", "KiB per connection"],
    perContender.map((group) => {
      const row = group.find(({ kibPerConnection }) => kibPerConnection !== null) ?? group[0];
      return [
        row?.contender ?? "",
        String(row?.watchers),
        figure(row?.acceptedPerSecond),
        figure(row?.watchers === most ? row.kibPerConnection : null),
      ];
    }),
  );
  return `### Connections\n\n${table}`;
}

function kindsSection(rows: readonly FanoutRow[]): string {
  const table = markdownTable(
    ["kind of stream", "first ms", "median ms", "last ms", "(quartiles)", "CPU µs per delivery"],
    rows.map((row) => [
      row.contender,
      figure(row.first.median),
      figure(row.middle.median),
      figure(row.last.median),
      `${figure(row.last.low)}–${figure(row.last.high)}`,
      figure(row.cpuMicroseconds),
    ]),
  );
  return `## What the bare limit depends on\n\n${rows[0]?.watchers} clients, 1 kB; bare hubs in one workerd.\n\n${table}`;
}

function burstSection(rows: readonly BurstRow[]): string {
  const table = markdownTable(
    [
      "",
      "watchers",
      "age p50 ms",
      "age p99 ms",
      "MB sent",
      "frames per watcher",
      "all have the last after ms",
      "CPU s",
      "unanswered POSTs",
    ],
    rows.map((row) => [
      row.contender,
      String(row.watchers),
      age(row.ageP50),
      age(row.ageP99),
      figure(row.megabytes),
      figure(row.framesPerWatcher),
      row.drainMs === null ? "over 15,000" : figure(row.drainMs),
      figure(row.cpuSeconds),
      String(row.failed),
    ]),
  );
  return `## Burst\n\n${rows[0]?.changes} changes at 200 a second, 1 kB each.\n\n![age](burst.svg)\n\n${table}`;
}

function age(ms: number): string {
  return ms >= OLDEST_MS ? "over 20,000" : String(ms);
}

function watchingSection(rows: NonNullable<Results["watching"]>): string {
  const table = markdownTable(
    ["", "watchers", "reads per change", "change streams", "connections", "missing"],
    rows.map((row) => [
      row.contender,
      String(row.watchers),
      figure(row.readsPerChange),
      String(row.changeStreams),
      String(row.connections),
      String(row.missing),
    ]),
  );
  return `## Cost of watching\n\n![reads](watching.svg)\n\n${table}`;
}

function itemsSection(figures: ItemsFigures): string {
  const { items, watchers, groups } = figures;
  const watching = markdownTable(
    ["", ""],
    [
      [
        `snapshot of ${items} items for ${watchers} who join together: the last has all after ms`,
        figure(figures.snapshotMs),
      ],
      ["of megabytes", figure(figures.snapshotMegabytes)],
      ["memory per watcher, KiB", figure(figures.kibPerWatcher)],
      ["one change: the last watcher has it after ms", figure(figures.changeMs)],
      ["CPU per delivery, µs", figure(figures.changeCpuMicroseconds)],
      ["bytes per change and watcher", figure(figures.bytesPerWatcher)],
      [
        `${groups} changes at once, ${groups} distinct filters: the last watcher has its own after ms`,
        figure(figures.groupedMs),
      ],
      ["CPU per delivery, µs", figure(figures.groupedCpuMicroseconds)],
    ],
  );
  const reconcile = markdownTable(
    ["items", "one reconcile", "commands", "kB read"],
    figures.reconciles.map((row) => [
      String(row.items),
      row.what,
      figure(row.commands),
      figure(row.kilobytes),
    ]),
  );
  return `## A topic of many items\n\n1 kB each.\n\n${watching}\n\n${reconcile}`;
}

function screenSection(rows: NonNullable<Results["screen"]>): string {
  const table = markdownTable(
    ["from", "p50 ms", "p95 ms", "writes"],
    rows.map(({ road, p50, p95, writes }) => [road, figure(p50), figure(p95), String(writes)]),
  );
  return `## Write to screen\n\n${table}`;
}

function stormSection({ clients, backMs, allLiveMs, mostPerSecond }: Storm): string {
  const all = allLiveMs === null ? "not within 90 s" : `${figure(allLiveMs / 1000)} s after the kill`;
  return `## Storm\n\nworkerd killed under ${clients} streams; it took requests again after ${figure(backMs)} ms. All were live ${all}. At most ${mostPerSecond} attempts in one second.\n\n![storm](storm.svg)`;
}
