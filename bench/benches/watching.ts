import { MongoClient, ObjectId } from "mongodb";
import { setTimeout as sleep } from "node:timers/promises";

import { TEST_SECRETS } from "../../test/support/stack.ts";
import { ClientProcess } from "../ClientProcess.ts";
import type { StreamRequest } from "../client/StreamSocket.ts";
import { startOurs } from "../contenders/ours.ts";
import { startTutorial } from "../contenders/tutorial.ts";
import type { Lab } from "../Lab.ts";
import { CommandCounter } from "../measure/CommandCounter.ts";
import { clock, formatMark } from "../mark.ts";
import { ServerProcess } from "../ServerProcess.ts";

// The cost of watching: what the database has to do per change, as the watchers of one plan grow.
//
// Method. Ours (with the trigger runner that stands in for Atlas) and the tutorial design each reach the database
// through a TCP proxy of the bench that counts the commands in it by name. With so many streams open, another client of
// the database, which does not go through the proxies, updates the plan five times, and each time the bench waits until
// every watcher has the change. Counted are the reads of documents within that time, the change streams that were opened
// for these watchers and are open still, and the connections to the database that are open.

const WATCHERS = [1, 10, 100, 1000];
const CHANGES = 5;
const SETTLE_MS = 2_000;
const TIMEOUT_MS = 30_000;

/** What one design cost the database at one number of watchers. */
export interface WatchingRow {
  readonly contender: string;
  readonly watchers: number;
  readonly readsPerChange: number;
  readonly changeStreams: number;
  readonly connections: number;
  /** Watchers that did not get the last change within 30 s. */
  readonly missing: number;
}

interface Side {
  readonly name: string;
  readonly counter: CommandCounter;
  readonly request: StreamRequest;
  readonly write: (mark: string) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Runs it. */
export async function watching(lab: Lab, quick: boolean): Promise<WatchingRow[]> {
  const client = await MongoClient.connect(lab.mongoUri);
  const rows: WatchingRow[] = [];
  for (const start of [oursSide, tutorialSide]) {
    const side = await start(lab, client);
    for (const watchers of quick ? WATCHERS.slice(0, 2) : WATCHERS) rows.push(await measure(side, watchers));
    await side.stop();
    await side.counter.stop();
  }
  await client.close();
  return rows;
}

async function oursSide(lab: Lab, client: MongoClient): Promise<Side> {
  const counter = await CommandCounter.start(lab.databasePort);
  const ours = await startOurs(counter.uri("mealcast"));
  const triggers = await ServerProcess.start("triggers", {
    MONGODB_URI: counter.uri("mealcast"),
    HOOK_URL: `http://127.0.0.1:${ours.request.port}/api/hooks/atlas`,
    HOOK_SECRET: TEST_SECRETS.ATLAS_HOOK_SECRET,
  });
  const plans = client.db("mealcast").collection("mealplans");
  return {
    name: ours.name,
    counter,
    request: ours.request,
    write: (mark) => plans.updateOne({ _id: new ObjectId(ours.planId) }, { $set: { mark } }),
    async stop() {
      await triggers.stop();
      await ours.stop();
    },
  };
}

async function tutorialSide(lab: Lab, client: MongoClient): Promise<Side> {
  const counter = await CommandCounter.start(lab.databasePort);
  const tutorial = await startTutorial(counter.uri("tutorial"));
  const planId = new ObjectId(tutorial.request.path.split("/").at(-1));
  const plans = client.db("tutorial").collection("mealplans");
  return {
    name: tutorial.name,
    counter,
    request: tutorial.request,
    write: (mark) => plans.updateOne({ _id: planId }, { $set: { mark } }),
    stop: () => tutorial.stop(),
  };
}

let lastSeq = 0;

async function measure(side: Side, watchers: number): Promise<WatchingRow> {
  const { counter } = side;
  const clients = new ClientProcess();
  // Ours needs the trigger's own stream, which was open before.
  const streamsBefore = side.name === "ours" ? 0 : counter.count("$changeStream");
  await clients.open(side.request, watchers);
  await sleep(SETTLE_MS);
  const changeStreams = counter.count("$changeStream") - streamsBefore;
  const readsBefore = readsOf(counter);
  let arrived = 0;
  for (let change = 0; change < CHANGES; change++) {
    const seq = ++lastSeq;
    const arrival = clients.arrival(seq, TIMEOUT_MS);
    await side.write(formatMark({ seq, sentAt: clock() }));
    arrived = (await arrival).at.length;
  }
  const row = {
    contender: side.name,
    watchers,
    readsPerChange: (readsOf(counter) - readsBefore) / CHANGES,
    changeStreams,
    connections: counter.connections,
    missing: watchers - arrived,
  };
  await clients.close();
  await clients.stop();
  await sleep(SETTLE_MS);
  return row;
}

function readsOf(counter: CommandCounter): number {
  return counter.count("find") + counter.count("aggregate");
}
