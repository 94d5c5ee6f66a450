import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { NotesTopic } from "../support/NotesTopic.ts";
import { register } from "../support/people.ts";
import { openTopic } from "../support/streamsStack.ts";

let topic: NotesTopic;

beforeAll(async () => {
  topic = await NotesTopic.start();
});
afterAll(() => topic.stop());
beforeEach(() => topic.empty());

test("who watches is told only where the stream says so", async () => {
  const ada = await register(topic.stack.url, "Ada");
  const [quiet, loud] = await Promise.all(
    ["notes", "room"].map((name) => openTopic(topic.stack, name, { cookie: ada.cookie })),
  );
  const presence = await loud?.untilEvent("presence");
  expect(JSON.parse(presence?.data ?? "")).toEqual({ viewers: [{ id: ada.user._id, name: "Ada" }] });
  await quiet?.untilEvent("ping", 3);
  expect(quiet?.named("presence")).toHaveLength(0);
  // Told once, not at every heartbeat.
  await loud?.untilEvent("ping", 3);
  expect(loud?.named("presence")).toHaveLength(1);
});
