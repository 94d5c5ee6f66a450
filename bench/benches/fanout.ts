import { setTimeout as sleep } from "node:timers/promises";

import type { Contender } from "../contenders/Contender.ts";
import type { Lab } from "../Lab.ts";
import { cpuMs, residentBytes } from "../measure/processTree.ts";
import { median, type Spread, spread } from "../measure/statistics.ts";
import { Watched } from "./Watched.ts";

// Fan-out: how long until the first, the median and the last of many clients has a change.
//
// Method. Every contender runs at the same time in processes of its own, each with as many open streams, held by one
// client process per contender: Node, raw sockets, the same code for all. In each round every contender gets one change
// of each document size, one after the other, so that whatever else the machine does hits all alike; each round begins
// with another contender, and a plan's changes are at least 300 ms apart. The clock starts before the POST (its body, for
// ours with its signature, is made within the time) and stops when a client has the frame's last byte; all processes
// share the machine's monotonic clock. Three rounds warm up and are not counted. CPU is what the scheduler gave to the
// contender's processes (for workerd: all of it; not the database) from before the POST until the last client had it.
// Memory is the growth of resident memory over opening the streams and all rounds, taken at the largest number only,
// which goes first. Streams are opened 32 at a time; one counts as accepted when its head has come. The tutorial's change
// is a write to the database, as that is its only way to hear of one; ours comes by the signed hook; the others' by a
// bare POST.

const WARM_UP = 3;
const TIMEOUT_MS = 20_000;
const MICROSECONDS_PER_MS = 1000;
const MS_PER_SECOND = 1000;
const BYTES_PER_KIB = 1024;
const SETTLE_MS = 500;

/** Before each round of changes: what happens when they come faster is the burst's question. */
const QUIET_MS = 300;

/** Beyond this, the tutorial design needs minutes for one change. */
export const MOST_TUTORIAL_WATCHERS = 100;

/** What one contender did for one number of clients and one size. Times in milliseconds. */
export interface FanoutRow {
  readonly contender: string;
  readonly watchers: number;
  readonly bytes: number;
  readonly rounds: number;
  readonly first: Spread;
  readonly middle: Spread;
  readonly last: Spread;
  readonly cpuMicroseconds: number;
  readonly acceptedPerSecond: number;
  /** Only at the largest number. */
  readonly kibPerConnection: number | null;
  /** Clients that had not the change within 20 s, over all rounds. */
  readonly missing: number;
}

interface Round {
  readonly first: number;
  readonly middle: number;
  readonly last: number;
  readonly cpuMs: number;
  readonly missing: number;
}

interface Plan {
  readonly watchers: readonly number[];
  readonly sizes: readonly number[];
  readonly rounds: number;
}

const FULL: Plan = { watchers: [3000, 1000, 100], sizes: [1_000, 10_000], rounds: 15 };
const QUICK: Plan = { watchers: [100], sizes: [1_000], rounds: 3 };

/** Runs it. */
export async function fanout(lab: Lab, quick: boolean): Promise<FanoutRow[]> {
  const plan = quick ? QUICK : FULL;
  const rows: FanoutRow[] = [];
  for (const [index, watchers] of plan.watchers.entries()) {
    rows.push(...(await measureFanout(lab.contenders, plan, watchers, index === 0)));
  }
  return rows;
}

interface Entry {
  readonly watched: Watched;
  readonly memoryBefore: number;
  kibPerConnection: number | null;
  readonly rounds: Map<number, Round[]>;
}

/** Measures contenders side by side at one number of watchers; memory only when asked for. */
export async function measureFanout(
  contenders: readonly Contender[],
  plan: Omit<Plan, "watchers">,
  watchers: number,
  withMemory: boolean,
): Promise<FanoutRow[]> {
  const entries: Entry[] = [];
  for (const contender of contenders) {
    if (contender.name === "tutorial" && watchers > MOST_TUTORIAL_WATCHERS) continue;
    const memoryBefore = residentBytes(contender.pids());
    const watched = await Watched.open(contender, watchers);
    if (watched.opened.failed > 0) console.log(`${contender.name}: ${watched.opened.reason}`);
    entries.push({ watched, memoryBefore, kibPerConnection: null, rounds: new Map() });
  }
  await playRounds(entries, plan, watchers);
  if (withMemory) for (const entry of entries) noteMemory(entry, watchers);
  await Promise.all(entries.map(({ watched }) => watched.close()));
  // What closing makes of work must not fall into the next measurement.
  await sleep(SETTLE_MS);
  return entries.flatMap((entry) => rowsOf(entry, watchers));
}

async function playRounds(entries: readonly Entry[], plan: Omit<Plan, "watchers">, watchers: number) {
  for (let round = -WARM_UP; round < plan.rounds; round++) {
    for (const bytes of plan.sizes) {
      await sleep(QUIET_MS);
      for (const entry of inTurn(entries, round)) {
        const played = await playRound(entry.watched, bytes, watchers);
        if (round < 0) continue;
        entry.rounds.set(bytes, [...(entry.rounds.get(bytes) ?? []), played]);
      }
    }
  }
}

/** Each round begins with another one: the first finds processes that have slept. */
function inTurn<T>(entries: readonly T[], round: number): readonly T[] {
  const first = (round + WARM_UP) % entries.length;
  return [...entries.slice(first), ...entries.slice(0, first)];
}

function noteMemory(entry: Entry, watchers: number): void {
  const grown = residentBytes(entry.watched.contender.pids()) - entry.memoryBefore;
  entry.kibPerConnection = grown / watchers / BYTES_PER_KIB;
}

async function playRound(
  { contender, clients, writer }: Watched,
  bytes: number,
  watchers: number,
): Promise<Round> {
  const pids = contender.pids();
  const before = cpuMs(pids);
  const document = writer.write(bytes);
  const arrival = clients.arrival(document.seq, TIMEOUT_MS);
  await contender.publish(document);
  const { at } = await arrival;
  const sinceSent = at.map((moment) => moment - document.sentAt);
  return {
    first: sinceSent[0] ?? Number.NaN,
    middle: median(sinceSent),
    last: sinceSent.at(-1) ?? Number.NaN,
    cpuMs: cpuMs(pids) - before,
    missing: watchers - at.length,
  };
}

function rowsOf({ watched, rounds, kibPerConnection }: Entry, watchers: number): FanoutRow[] {
  const { contender, opened } = watched;
  return [...rounds].map(([bytes, played]) => ({
    contender: contender.name,
    watchers,
    bytes,
    rounds: played.length,
    first: spread(played.map(({ first }) => first)),
    middle: spread(played.map(({ middle }) => middle)),
    last: spread(played.map(({ last }) => last)),
    cpuMicroseconds: (median(played.map((round) => round.cpuMs)) * MICROSECONDS_PER_MS) / watchers,
    acceptedPerSecond: (opened.opened * MS_PER_SECOND) / opened.tookMs,
    kibPerConnection,
    missing: played.reduce((sum, { missing }) => sum + missing, 0),
  }));
}
