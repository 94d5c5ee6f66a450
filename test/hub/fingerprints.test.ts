import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { note, NotesTopic, textsOf } from "../support/NotesTopic.ts";
import { heldHash } from "../support/heldItems.ts";

let topic: NotesTopic;

beforeAll(async () => {
  topic = await NotesTopic.start();
});
afterAll(() => topic.stop());
beforeEach(() => topic.empty());

test.for([
  ["", "a,b,d"],
  ["?tag=x", "b,d"],
  ["?tag=nobody", ""],
] as const)(
  "after every change the heartbeat tells the fingerprint of what a client with the query %j holds",
  async ([query, texts]) => {
    await topic.notes.insertMany([note("a", "x"), note("b"), note("c", "x")]);
    const reader = await topic.open(query);
    const agrees = async (): Promise<void> => {
      const seen = reader.named("ping").length;
      const ping = JSON.parse((await reader.untilEvent("ping", seen)).data) as { hash: string; id?: string };
      expect(ping.hash).toBe(heldHash(reader.events));
      expect(ping.id).toBe(reader.events.findLast(({ id }) => id !== undefined)?.id);
    };
    await agrees();
    await topic.tap.skip();
    await topic.notes.updateOne({ text: "a" }, { $set: { tags: [] } });
    await topic.notes.updateOne({ text: "b" }, { $set: { tags: ["x"] } });
    await topic.notes.deleteOne({ text: "c" });
    await topic.notes.insertOne(note("d", "x"));
    await topic.tell(4);
    await reader.until(() => textsOf(reader).join() === texts, "it");
    await agrees();
  },
);
