import { MongoClient, ObjectId } from "mongodb";
import { setTimeout as sleep } from "node:timers/promises";

import { ClientProcess } from "../ClientProcess.ts";
import { itemEvents } from "../contenders/itemEvents.ts";
import { postHook } from "../contenders/postHook.ts";
import type { Lab } from "../Lab.ts";
import { CommandCounter } from "../measure/CommandCounter.ts";
import { cpuMs, processTree, residentBytes } from "../measure/processTree.ts";
import { median } from "../measure/statistics.ts";
import { clock, formatMark } from "../mark.ts";
import { ServerProcess } from "../ServerProcess.ts";

// A topic of many items: what a snapshot, a change and a reconcile of it cost.
//
// Method. Our Worker with one declared stream, everything() for anyone(), over a collection of items of 1 kB. First
// watchers open the topic together, until the last of them has every item: the snapshot. Then single items change by the
// hook, one after the other, each until the last watcher has it. Then as many watchers ask for one of a hundred groups
// each, and one item of every group changes in one post. At last one watcher is left, and the hub reconciles every second
// through a proxy that counts commands and bytes: nothing changes, then one item a second does.

const ITEM_BYTES = 1_000;
const GROUPS = 100;
const CHANGES = 20;
const TIMEOUT_MS = 60_000;
const RECONCILES = 10;
const SETTLE_MS = 2_000;

/** What watching a topic of many items took. */
export interface ItemsFigures {
  readonly items: number;
  readonly watchers: number;
  /** Until the last of all who joined together had every item. */
  readonly snapshotMs: number;
  readonly snapshotMegabytes: number;
  readonly kibPerWatcher: number;
  /** Until the last watcher had a change, and the CPU that all of them took. */
  readonly changeMs: number;
  readonly changeCpuMicroseconds: number;
  readonly bytesPerWatcher: number;
  /** A hundred changes in one post, each for the watchers of its group. */
  readonly groups: number;
  readonly groupedMs: number;
  readonly groupedCpuMicroseconds: number;
  readonly reconciles: readonly ReconcileRow[];
}

/** What one reconcile asks of the database. */
interface ReconcileRow {
  readonly items: number;
  readonly what: "nothing changed" | "one item changed" | "all compared";
  readonly commands: number;
  readonly kilobytes: number;
}

interface Size {
  readonly items: number;
  readonly watchers: number;
  readonly reconciled: readonly number[];
}

const FULL: Size = { items: 1_000, watchers: 1_000, reconciled: [10, 100, 1_000] };
const QUICK: Size = { items: 100, watchers: 100, reconciled: [10, 100] };

/** Runs it. */
export async function items(lab: Lab, quick: boolean): Promise<ItemsFigures> {
  const size = quick ? QUICK : FULL;
  const client = await MongoClient.connect(lab.mongoUri);
  try {
    const watching = await measureWatching(lab, client, size);
    const reconciles: ReconcileRow[] = [];
    for (const count of size.reconciled) reconciles.push(...(await measureReconcile(lab, client, count)));
    return { items: size.items, watchers: size.watchers, groups: GROUPS, ...watching, reconciles };
  } finally {
    await client.close();
  }
}

/** Fills a database with marked items; answers its name and their ids. */
async function fill(client: MongoClient, count: number): Promise<{ name: string; ids: ObjectId[] }> {
  const name = `items${count}x${Date.now()}`;
  const ids = Array.from({ length: count }, () => new ObjectId());
  const documents = ids.map((_id, index) => ({ _id, ...fieldsOf(index, index + 1) }));
  await client.db(name).collection("items").insertMany(documents);
  return { name, ids };
}

function fieldsOf(index: number, seq: number) {
  const mark = formatMark({ seq, sentAt: clock() });
  return { group: `g${index % GROUPS}`, text: "x".repeat(ITEM_BYTES - 100), mark };
}

async function measureWatching(lab: Lab, client: MongoClient, { items: count, watchers }: Size) {
  const { name, ids } = await fill(client, count);
  const server = await startServer(name, lab.databasePort, 3600);
  const { port } = server.served;
  const pids = () => processTree(server.pid);
  const clients = new ClientProcess();
  let seq = count;
  try {
    const before = residentBytes(pids());
    const startedAt = clock();
    await clients.open({ port, path: "/api/streams/items", headers: {} }, watchers);
    await clients.arrival(count, TIMEOUT_MS);
    const snapshotMs = clock() - startedAt;
    await sleep(SETTLE_MS);
    const kibPerWatcher = (residentBytes(pids()) - before) / watchers / 1024;
    const changes: number[] = [];
    await clients.sample();
    const cpuBefore = cpuMs(pids());
    for (let change = 0; change < CHANGES; change++) {
      seq += 1;
      const index = change % count;
      const arrival = clients.arrival(seq, TIMEOUT_MS);
      const sentAt = clock();
      await postHook(port, itemEvents([{ id: ids[index], fields: fieldsOf(index, seq), seq }]));
      changes.push(((await arrival).at.at(-1) ?? Number.NaN) - sentAt);
    }
    const changeCpu = cpuMs(pids()) - cpuBefore;
    const { bytes } = await clients.sampled();
    await clients.close();
    const grouped = await measureGroups(port, ids, clients, watchers, seq, pids);
    return {
      snapshotMs,
      snapshotMegabytes: (watchers * count * ITEM_BYTES) / 1e6,
      kibPerWatcher,
      changeMs: median(changes),
      changeCpuMicroseconds: (changeCpu * 1000) / CHANGES / watchers,
      bytesPerWatcher: bytes / CHANGES / watchers,
      ...grouped,
    };
  } finally {
    await clients.stop();
    await server.stop();
  }
}

async function measureGroups(
  port: number,
  ids: readonly ObjectId[],
  clients: ClientProcess,
  watchers: number,
  last: number,
  pids: () => readonly number[],
) {
  for (let group = 0; group < GROUPS; group++) {
    const path = `/api/streams/items?group=g${group}`;
    await clients.open({ port, path, headers: {} }, watchers / GROUPS);
  }
  await sleep(SETTLE_MS);
  const cpuBefore = cpuMs(pids());
  const arrival = clients.arrival(last + 1, TIMEOUT_MS);
  const sentAt = clock();
  const events = Array.from({ length: GROUPS }, (_, group) => {
    const seq = last + 1 + group;
    return { id: ids[group], fields: fieldsOf(group, seq), seq };
  });
  await postHook(port, itemEvents(events));
  const { at } = await arrival;
  const groupedMs = (at.at(-1) ?? Number.NaN) - sentAt;
  await clients.close();
  return { groupedMs, groupedCpuMicroseconds: ((cpuMs(pids()) - cpuBefore) * 1000) / watchers };
}

async function measureReconcile(lab: Lab, client: MongoClient, count: number): Promise<ReconcileRow[]> {
  const { name, ids } = await fill(client, count);
  const counter = await CommandCounter.start(lab.databasePort);
  const server = await startServer(name, counter.port, 1);
  const clients = new ClientProcess();
  try {
    counter.reset();
    await clients.open({ port: server.served.port, path: "/api/streams/items", headers: {} }, 1);
    await clients.arrival(count, TIMEOUT_MS);
    const first = row(count, "all compared", counter, 1);
    await sleep(SETTLE_MS);
    counter.reset();
    await sleep(RECONCILES * 1_000);
    const idle = row(count, "nothing changed", counter, RECONCILES);
    counter.reset();
    const collection = client.db(name).collection("items");
    for (let change = 0; change < RECONCILES; change++) {
      await collection.updateOne({ _id: ids[change % count] ?? new ObjectId() }, { $set: { change } });
      await sleep(1_000);
    }
    return [first, idle, row(count, "one item changed", counter, RECONCILES)];
  } finally {
    await clients.stop();
    await server.stop();
    await counter.stop();
  }
}

function row(
  count: number,
  what: ReconcileRow["what"],
  counter: CommandCounter,
  reconciles: number,
): ReconcileRow {
  const names = ["find", "aggregate", "$changeStream", "getMore"];
  const commands = names.reduce((sum, name) => sum + counter.count(name), 0);
  return {
    items: count,
    what,
    commands: commands / reconciles,
    kilobytes: counter.answered / reconciles / 1000,
  };
}

function startServer(name: string, port: number, reconcileSeconds: number): Promise<ServerProcess> {
  return ServerProcess.start("items", {
    MONGODB_URI: `mongodb://127.0.0.1:${port}/${name}?directConnection=true`,
    RECONCILE_SECONDS: String(reconcileSeconds),
  });
}
