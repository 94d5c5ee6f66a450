import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { note, NotesTopic, textsOf } from "../support/NotesTopic.ts";
import { SocketStream } from "../support/SocketStream.ts";
import { untilClients } from "../support/status.ts";
import type { ReceivedEvent } from "../support/streamReader.ts";

let topic: NotesTopic;

beforeAll(async () => {
  topic = await NotesTopic.start({ RECONCILE_SECONDS: "1" });
});
afterAll(() => topic.stop());
beforeEach(() => topic.empty());

/** Somebody who watches, by either transport, and hears of no reset. */
async function watch(over: "server-sent events" | "a WebSocket"): Promise<readonly ReceivedEvent[]> {
  if (over === "server-sent events") return (await topic.open()).events;
  const socket = await SocketStream.open(`${topic.stack.url}/api/streams/notes`, "");
  onTestFinished(() => socket.close());
  return socket.events;
}

test.for(["server-sent events", "a WebSocket"] as const)(
  "while somebody watches over %s old removals are forgotten; who resumes from before gets a reset and the whole",
  async (over) => {
    const [gone, kept] = [note("gone"), note("kept")];
    await topic.notes.insertMany([gone, kept]);
    const before = await topic.open();
    await topic.tap.skip();
    await topic.notes.deleteOne({ _id: gone._id });
    await topic.tell(1);
    await before.untilEvent("removed");
    const id = before.named("message")[0]?.id ?? "";
    before.close();
    await untilClients(topic.stack.url, 0);
    // A day and more goes by.
    const worker = topic.stack.harness.getWorker();
    const { exec } = await worker.getDurableObjectStorage("HUBS", { name: "notes/all" });
    await exec("UPDATE items SET removed_at = 1 WHERE removed_at IS NOT NULL");
    const heard = await watch(over);
    await expect
      .poll(async () => (await exec("SELECT count(*) AS gone FROM items WHERE removed_at = 1"))[0]?.["gone"])
      .toBe(0);
    const after = await topic.open("", { "last-event-id": id });
    expect(after.events[0]).toMatchObject({ event: "reset", data: '{"reason":"below-floor"}' });
    expect(textsOf(after)).toEqual(["kept"]);
    expect(heard.map(({ event }) => event)).not.toContain("reset");
  },
);
