import { expect, test } from "vitest";

import { defineStream } from "../../streams/declare/defineStream.ts";
import { anyone, members, membersOf, role } from "../../streams/declare/readers.ts";
import { byField, byId, everything } from "../../streams/declare/topics.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { triggersFor } from "../../streams/declare/trigger.ts";
import { omit } from "../../streams/declare/views.ts";
import { triggerSchema } from "../../trigger-runner/appSchemas.ts";

const ALWAYS = ["_id", "operationType", "ns", "documentKey", "clusterTime", "wallTime"];

const teams = defineStream({
  name: "teams",
  collection: "teams",
  topic: byId(),
  where: { "closed.at": null },
  readers: [members("members.userId")],
});

function scores(name: string, fields?: readonly string[]) {
  const declaration = { name, collection: "scores", topic: everything(), readers: [anyone()] };
  return defineStream(fields ? { ...declaration, fields } : declaration);
}

/** What each trigger sends of a document, by collection. */
function sent(triggers: ReturnType<typeof triggersFor>): Record<string, readonly string[]> {
  return Object.fromEntries(
    triggers.map(({ config }) => {
      const fields = Object.keys(config.project);
      expect(fields).toEqual(expect.arrayContaining(ALWAYS));
      return [config.collection, fields.filter((field) => !ALWAYS.includes(field))];
    }),
  );
}

function hidden(name: string, ...fields: readonly string[]) {
  return defineStream({
    name,
    collection: "scores",
    topic: byField("teamId"),
    readers: [members("memberIds")],
    views: { member: omit(...fields) },
  });
}

/** What of a document the only trigger leaves out. */
function left(...streams: readonly Stream[]): readonly string[] {
  const [trigger] = triggersFor(streams, "games");
  const { project } = triggerSchema.parse(trigger).config;
  return Object.keys(project).filter((field) => project[field] === 0 && field.startsWith("fullDocument."));
}

test("streams of one collection share a trigger, which sends every field that any of them shows", () => {
  expect(sent(triggersFor([scores("a", ["points"]), scores("b", ["game"])], "games"))).toEqual({
    scores: ["fullDocument._id", "fullDocument.game", "fullDocument.points"],
  });
  expect(sent(triggersFor([scores("a", ["points"]), scores("b")], "games"))).toEqual({
    scores: ["fullDocument"],
  });
});

test("what no reader of any stream is shown does not leave the database, unless a right hangs on it", () => {
  const drafts = hidden("drafts", "notes", "memberIds", "teamId", "log", "rounds.by");
  expect(left(drafts)).toEqual(["fullDocument.log", "fullDocument.notes"]);
  expect(left(drafts, hidden("finals", "log", "place"))).toEqual(["fullDocument.log"]);
  expect(left(drafts, scores("list", ["log"]))).toEqual(["fullDocument.notes"]);
  expect(left(drafts, scores("all"))).toEqual([]);
});

test("a collection that only grants has a trigger as well, which sends what the right hangs on", () => {
  const matches = defineStream({
    name: "matches",
    collection: "matches",
    topic: byField("teamId"),
    readers: [membersOf(teams, "teamId")],
  });
  expect(sent(triggersFor([matches], "games"))).toEqual({
    matches: ["fullDocument"],
    teams: ["fullDocument._id", "fullDocument.closed", "fullDocument.members"],
  });
  expect(sent(triggersFor([matches, teams], "games"))["teams"]).toEqual(["fullDocument"]);
});

test("users have a trigger as soon as a stream asks for their roles, which sends nothing else of them", () => {
  const minutes = defineStream({
    name: "minutes",
    collection: "minutes",
    topic: everything(),
    readers: [role("editor")],
  });
  expect(sent(triggersFor([minutes], "games"))["users"]).toEqual(["fullDocument._id", "fullDocument.roles"]);
  expect(sent(triggersFor([scores("a"), teams], "games"))).not.toHaveProperty("users");
});

test("a trigger is one that Atlas takes, whatever the collection is called", () => {
  const odd = ["plain-1", "archive.2026", "größe", "x".repeat(80)].map((collection, index) =>
    defineStream({ name: `odd-${index}`, collection, topic: everything(), readers: [anyone()] }),
  );
  const triggers = triggersFor(odd, "games");
  expect(triggers.map((trigger) => triggerSchema.parse(trigger))).toEqual(triggers);
  expect(new Set(triggers.map(({ name }) => name)).size).toBe(odd.length);
  expect(triggers.find(({ config }) => config.collection === "plain-1")?.name).toBe("publish-plain-1");
});
