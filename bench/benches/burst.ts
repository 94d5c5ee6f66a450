import { setTimeout as sleep } from "node:timers/promises";

import type { Lab } from "../Lab.ts";
import { clock } from "../mark.ts";
import { cpuMs } from "../measure/processTree.ts";
import { histogramQuantile } from "../measure/statistics.ts";
import { MOST_TUTORIAL_WATCHERS } from "./fanout.ts";
import { Watched } from "./Watched.ts";

// Burst: 200 changes a second on one plan. How old is what its watchers show, and how much was sent to get there?
//
// Method. The contenders take turns, each with all the watchers and the machine to itself. Changes are sent on a fixed
// schedule that does not wait for answers; the age of a change counts from when it was made, just before its POST. Every
// 5 ms each watcher is looked at: the age of what it shows then is one sample. So a server that falls behind gets older
// with every look, and one that leaves out what nobody would have seen does not. Then the bench waits until everybody
// has the last change, at most 15 s, and those looks count as well. Bytes are all that the clients' sockets received.
// Every client is a Node socket on the same two cores: nobody here could take 200,000 frames a second.

const WATCHERS = 1000;
const PER_SECOND = 200;
const SECONDS = 10;
const BYTES = 1_000;
const DRAIN_MS = 15_000;
const MS_PER_SECOND = 1000;

/** What one contender did in the burst. Ages in milliseconds. */
export interface BurstRow {
  readonly contender: string;
  readonly watchers: number;
  readonly changes: number;
  readonly ageP50: number;
  readonly ageP99: number;
  /** How long after the last change everybody had it; `null` when that took longer than 15 s. */
  readonly drainMs: number | null;
  readonly megabytes: number;
  readonly framesPerWatcher: number;
  readonly cpuSeconds: number;
  /** POSTs without a good answer 15 s after the last of them. */
  readonly failed: number;
}

/** Runs it. */
export async function burst(lab: Lab, quick: boolean): Promise<BurstRow[]> {
  const rows: BurstRow[] = [];
  for (const contender of lab.contenders) {
    const most = contender.name === "tutorial" ? MOST_TUTORIAL_WATCHERS : WATCHERS;
    const watched = await Watched.open(contender, quick ? 100 : most);
    rows.push(await play(watched, quick ? 2 : SECONDS));
    await watched.close();
  }
  return rows;
}

async function play(watched: Watched, seconds: number): Promise<BurstRow> {
  const { contender, clients, opened } = watched;
  await warmUp(watched);
  const pids = contender.pids();
  const before = cpuMs(pids);
  await clients.sample();
  const sent = await sendAll(watched, PER_SECOND * seconds);
  const arrived = await clients.arrival(sent.lastSeq, DRAIN_MS);
  const { ages, bytes, frames } = await clients.sampled();
  return {
    contender: contender.name,
    watchers: opened.opened,
    changes: PER_SECOND * seconds,
    ageP50: histogramQuantile(ages, 0.5),
    ageP99: histogramQuantile(ages, 0.99),
    drainMs: arrived.at.length < opened.opened ? null : (arrived.at.at(-1) ?? Number.NaN) - sent.lastAt,
    megabytes: bytes / 1e6,
    framesPerWatcher: frames / opened.opened,
    cpuSeconds: (cpuMs(pids) - before) / MS_PER_SECOND,
    failed: sent.failed,
  };
}

async function warmUp({ contender, clients, writer }: Watched): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const document = writer.write(BYTES);
    const arrival = clients.arrival(document.seq, DRAIN_MS);
    await contender.publish(document);
    await arrival;
  }
}

/** Sends on schedule, and waits for the answers only at the end. */
async function sendAll({ contender, writer }: Watched, count: number) {
  const startedAt = clock();
  const answers: Promise<void>[] = [];
  let last = { seq: 0, sentAt: startedAt };
  for (let index = 0; index < count; index++) {
    const wait = startedAt + (index * MS_PER_SECOND) / PER_SECOND - clock();
    if (wait > 0) await sleep(wait);
    const document = writer.write(BYTES);
    last = document;
    answers.push(contender.publish(document));
  }
  let answered = 0;
  const counted = answers.map((answer) => answer.then(() => answered++));
  await Promise.race([Promise.allSettled(counted), sleep(DRAIN_MS)]);
  return { lastSeq: last.seq, lastAt: last.sentAt, failed: count - answered };
}
