import type { CostFigures, UsageByClass } from "../benches/cost.ts";
import { figure, markdownTable } from "./markdownTable.ts";

/** Published prices in US dollars beyond what a plan includes, read in November 2026. */
const PRICES = {
  workerRequest: 0.3 / 1e6,
  objectRequest: 0.15 / 1e6,
  gigabyteSecond: 12.5 / 1e6,
  rowWritten: 1 / 1e6,
  triggerRequest: 2 / 1e6,
} as const;

/** An object is billed for 128 MB, whatever it uses. */
const GIGABYTES_PER_OBJECT = 0.125;
const SECONDS_PER_HOUR = 3600;
const MS_PER_SECOND = 1000;

/** Streams live 15 to 30 minutes. */
const OPENINGS_PER_VIEWER_HOUR = 60 / 22.5;

/** The hour that the page shows: a household at its plan. */
const EXAMPLE = { changes: 20, visibleShare: 0.25 } as const;

const CHANGES = "changes";

interface Line {
  readonly what: string;
  readonly dollars: number;
}

/** What an hour of a watched plan costs, as a page in Markdown. */
export function costReport(figures: CostFigures): string {
  const sse = hour(figures, figures.sse, true);
  const websocket = hour(figures, figures.websocket, false);
  // Changes cost the same whether somebody watches or not.
  const paused = sse.map(({ what, dollars }) => ({
    what,
    dollars: what === CHANGES ? dollars : dollars * EXAMPLE.visibleShare,
  }));
  const rows = sse.map(({ what, dollars }, index) => [
    what,
    micro(dollars),
    micro(websocket[index]?.dollars ?? 0),
    micro(paused[index]?.dollars ?? 0),
  ]);
  const totals = [sse, websocket, paused].map(sum);
  return `${[
    "# What watching costs",
    INTRODUCTION,
    "## Measured",
    `${figures.viewers} viewers, per hour; requests, seconds of active time, and rows written. Written by \`npm run bench -- cost\`.`,
    measuredTable(figures),
    "## Formula",
    FORMULA,
    "## An hour of one plan",
    `${figures.viewers} viewers, ${EXAMPLE.changes} changes. "Hidden tabs paused" is SSE for a page that is looked at a quarter of the time: \`web/stream\` closes the stream of a hidden tab, and with the last stream the object sleeps. In millionths of a dollar, beyond what the plans include:`,
    markdownTable(
      ["", "SSE", "WebSocket", "SSE, hidden tabs paused"],
      [...rows, ["**sum**", ...totals.map((total) => `**${micro(total)}**`)]],
    ),
    `An hour by SSE costs $${totals[0]?.toFixed(6)}, by WebSocket $${totals[1]?.toFixed(6)}, and by SSE with hidden tabs paused $${totals[2]?.toFixed(6)}. A plan watched all month (720 hours): $${month(totals[0])}, $${month(totals[1])}, $${month(totals[2])}.`,
    CONCLUSION,
  ].join("\n\n")}\n`;
}

function hour({ viewers, opening, change }: CostFigures, idle: UsageByClass, isSse: boolean): Line[] {
  const openings = viewers * OPENINGS_PER_VIEWER_HOUR;
  const hubActive = isSse ? SECONDS_PER_HOUR : activeSeconds(idle, "Hub");
  const changeActive = isSse ? 0 : activeSeconds(change, "Hub") * EXAMPLE.changes;
  const otherActive = activeSeconds(idle, "Metrics") + activeSeconds(idle, "Database");
  return [
    { what: "time of the hub", dollars: gigabyteSeconds(hubActive + changeActive) },
    { what: "time of other objects", dollars: gigabyteSeconds(otherActive) },
    { what: "requests to objects", dollars: objectRequestsOf(idle) * PRICES.objectRequest },
    { what: "rows written", dollars: rowsOf(idle) * PRICES.rowWritten },
    {
      what: "opening and reopening streams",
      dollars:
        openings *
        (requests(opening, "Worker") * PRICES.workerRequest +
          objectRequestsOf(opening) * PRICES.objectRequest +
          rowsOf(opening) * PRICES.rowWritten),
    },
    { what: CHANGES, dollars: EXAMPLE.changes * changeDollars(change) },
  ];
}

function changeDollars(change: UsageByClass): number {
  return (
    PRICES.triggerRequest +
    requests(change, "Worker") * PRICES.workerRequest +
    objectRequestsOf(change) * PRICES.objectRequest +
    rowsOf(change) * PRICES.rowWritten
  );
}

function measuredTable({ sse, websocket, unwatched, opening, change }: CostFigures): string {
  const names = ["Worker", "Hub", "Database", "Metrics", "UserSessions"];
  return markdownTable(
    [
      "",
      "idle hour by SSE",
      "idle hour by WebSocket",
      "hour unwatched",
      "opening a stream",
      "a change by the hook",
    ],
    names.map((name) => [
      name,
      name === "Hub"
        ? `${figure(requests(sse, name))}, 3600 s, ${figure(sse[name]?.rows)} rows`
        : cell(sse, name),
      ...[websocket, unwatched, opening, change].map((usage) => cell(usage, name)),
    ]),
  );
}

function cell(usage: UsageByClass, name: string): string {
  if (name === "Worker") return figure(requests(usage, name));
  const time = `, ${figure(activeSeconds(usage, name))} s`;
  return `${figure(requests(usage, name))}${time}, ${figure(usage[name]?.rows)} rows`;
}

function objectRequestsOf(usage: UsageByClass): number {
  return Object.keys(usage)
    .filter((name) => name !== "Worker")
    .reduce((total, name) => total + requests(usage, name), 0);
}

function rowsOf(usage: UsageByClass): number {
  return Object.values(usage).reduce((total, { rows }) => total + rows, 0);
}

function requests(usage: UsageByClass, name: string): number {
  return usage[name]?.requests ?? 0;
}

function activeSeconds(usage: UsageByClass, name: string): number {
  return (usage[name]?.activeMs ?? 0) / MS_PER_SECOND;
}

function gigabyteSeconds(seconds: number): number {
  return seconds * GIGABYTES_PER_OBJECT * PRICES.gigabyteSecond;
}

function sum(lines: readonly Line[]): number {
  return lines.reduce((total, { dollars }) => total + dollars, 0);
}

function micro(dollars: number): string {
  return figure(dollars * 1e6);
}

function month(dollars = 0): string {
  return (dollars * 720).toFixed(2);
}

const INTRODUCTION = `An open SSE response keeps its Durable Object awake, and an object that is awake is billed by the second, however many
people it serves. Sockets that hibernate are billed only while something happens. So what a watched plan costs is, first
of all, how long somebody holds an SSE stream open; the rest is small change.`;

const FORMULA = `\`\`\`
hour = time × 0.125 GB × $12.50 / 1,000,000 GB-s
     + object requests × $0.15 / 1,000,000
     + Worker requests × $0.30 / 1,000,000
     + rows written × $1.00 / 1,000,000
     + changes × $2.00 / 1,000,000                       (one run of the Atlas trigger each)

time, SSE        3600 s for the hub, as long as anybody has a stream open, plus the measured time of the other objects
time, WebSocket  the measured time in which the hub worked: alarms, changes
object requests  measured: alarms, reports to the metrics, reads of the reconcile
rows written     measured: each alarm, report and change writes some
streams opened   60 / 22.5 per viewer and hour: a stream lives 15 to 30 minutes
\`\`\`

Prices: [Durable Objects](https://developers.cloudflare.com/durable-objects/platform/pricing/),
[Workers](https://developers.cloudflare.com/workers/platform/pricing/),
[Atlas triggers](https://www.mongodb.com/docs/atlas/billing/triggers/), beyond what the plans include (a million object requests
and 400,000 GB-s a month; 50,000 trigger runs a day). Compute time of triggers ($10 per 500 hours) comes on top: 50 ms a
run is $0.0000003.`;

const CONCLUSION = `What is not in here: the two \`Database\` objects, which are awake while they hold a connection (until 30 s after the last
query) and are shared by all plans. Awake all month, each of them is $4.05. Local \`workerd\` counts no CPU time of
handlers that wait for nothing, so the times of sleeping hubs are lower bounds by some milliseconds per request.`;
