import { describe, expect, test } from "vitest";
import * as z from "zod";

import { DeclarationError } from "../../streams/declare/DeclarationError.ts";
import { defineStream, type StreamDeclaration } from "../../streams/declare/defineStream.ts";
import { anyone, members, membersOf, role, shareLinks } from "../../streams/declare/readers.ts";
import { byField, byId, everything } from "../../streams/declare/topics.ts";
import { omit } from "../../streams/declare/views.ts";

type Parts = Partial<StreamDeclaration<z.ZodRawShape>>;

const teams = defineStream({
  name: "teams",
  collection: "teams",
  topic: byId(),
  readers: [members("memberIds")],
});
const open = defineStream({ name: "open", collection: "open", topic: byId(), readers: [anyone()] });

function declare(parts: Parts) {
  return defineStream({
    name: "scores",
    collection: "scores",
    topic: everything(),
    readers: [anyone()],
    ...parts,
  });
}

function sentence(parts: Parts): string {
  try {
    declare(parts);
  } catch (error) {
    expect(error).toBeInstanceOf(DeclarationError);
    return (error as Error).message;
  }
  return "";
}

const item = z.strictObject({ points: z.number() });

describe("a declaration that makes no sense is refused in a sentence that names file and part", () => {
  test.each<[string, Parts, string]>([
    ["a name that no address has", { name: "Scores" }, `name: "Scores" is not 1 to 40 small letters`],
    ["no collection", { collection: "" }, "collection: it is empty"],
    ["nobody to read", { readers: [] }, "readers: nobody may read this; say anyone()"],
    [
      "changes by a field",
      { kind: "changes", topic: byField("game") },
      "topic: a delete names no field, so changes go by byId() or everything()",
    ],
    [
      "inserts into one document",
      { topic: byId(), accepts: item },
      "accepts: a topic of one document takes no second one",
    ],
    [
      "a view of nobody",
      { views: { member: omit("cheats") } },
      `views: no reader is a "member", only anyone`,
    ],
    [
      "share links of many documents",
      { readers: [shareLinks("shares")] },
      "readers: a share link opens one document, so shareLinks() needs byId()",
    ],
    [
      "two granting documents",
      {
        topic: byField("teamId"),
        readers: [membersOf(teams, "teamId"), membersOf(teams, "teamId")],
      },
      "readers: one document grants a topic, so there is one membersOf()",
    ],
    [
      "a grant of another field",
      { topic: byField("game"), readers: [membersOf(teams, "teamId")] },
      `readers: membersOf(…, "teamId") grants a whole topic, so the topic must be byField("teamId")`,
    ],
    [
      "a grant of nobody",
      { topic: byField("teamId"), readers: [membersOf(open, "teamId")] },
      "readers: open has no members() to grant anything to",
    ],
    ["a part of a field", { fields: ["player.name"] }, "fields: only whole top-level fields can be sent"],
    [
      "a topic that is not sent",
      { topic: byField("game"), fields: ["points"] },
      `topic: "game" is not among the fields that are sent`,
    ],
    [
      "members that are not sent",
      { readers: [members("team.memberIds")], fields: ["points"] },
      `readers: "team.memberIds" is not among the fields that are sent`,
    ],
    [
      "a condition on what is not sent",
      { where: { archived: { $ne: true } }, fields: ["points"] },
      `where: "archived" is not among the fields that are sent`,
    ],
    [
      "an operator that no hub knows",
      { where: { player: { $regex: "^A" } } },
      "where: a hub can't evaluate player.$regex: it knows $all, $and,",
    ],
    [
      "a value that JSON has not",
      { where: { at: new Date(0) as never } },
      "where: at is neither text, a number, true, false nor null",
    ],
    ["a number that JSON has not", { where: { points: Number.NaN } }, "where: points is no finite number"],
    [
      "a variable that the route takes",
      { variables: { since: z.string() }, filter: () => ({}) },
      `variables: "since" is taken by the route`,
    ],
    [
      "variables that mean nothing",
      { variables: { game: z.string() } },
      "filter: there are variables, and nothing that they become",
    ],
    [
      "a filter of nothing",
      { filter: () => ({ game: "chess" }) },
      "variables: there is a filter, and nothing that it asks for",
    ],
    [
      "a filter on what is not sent",
      {
        fields: ["points"],
        variables: { game: z.string() },
        filter: ({ game }) => ({ game: game as string }),
      },
      `filter: "game" is not among the fields that are sent`,
    ],
    [
      "a filter on what is shown to nobody",
      {
        views: { anyone: omit("cheats") },
        variables: { least: z.coerce.number() },
        filter: ({ least }) => ({ cheats: { $gte: least as number } }),
      },
      `filter: "cheats" is shown to nobody`,
    ],
    [
      "a filter with an operator that no hub knows",
      { variables: { near: z.string() }, filter: ({ near }) => ({ place: { $near: near as string } }) },
      "filter: a hub can't evaluate place.$near",
    ],
  ])("%s", (_, parts, words) => {
    expect(sentence(parts)).toContain(`streams/${parts.name ?? "scores"}.ts: ${words}`);
  });
});

test("a declaration says as little as four things, and the rest has a meaning of its own", () => {
  expect(declare({})).toMatchObject({
    kind: "documents",
    where: null,
    fields: null,
    accepts: null,
    hidden: [],
  });
});

test("a field that no kind of reader is shown never reaches a hub", () => {
  const readers = [role("editor"), anyone()];
  const views = { editor: omit("secret"), anyone: omit("secret", "draft") };
  expect(declare({ readers, views }).hidden).toEqual(["secret"]);
});
