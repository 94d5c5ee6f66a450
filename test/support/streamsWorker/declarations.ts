import * as z from "zod";

import { textKey } from "../../../streams/declare/keys.ts";
import { defineStream } from "../../../streams/declare/defineStream.ts";
import { anyone, members, membersOf, role, signedIn } from "../../../streams/declare/readers.ts";
import { byField, byId, everything } from "../../../streams/declare/topics.ts";
import { omit } from "../../../streams/declare/views.ts";

/** One topic of many items, for everybody, with a filter and a door for new ones. */
const notes = defineStream({
  name: "notes",
  collection: "notes",
  topic: everything(),
  readers: [anyone()],
  variables: { tag: z.string().min(1).max(20), least: z.coerce.number().int().optional() },
  filter: ({ tag, least }) => (least === undefined ? { tags: tag } : { tags: tag, rank: { $gte: least } }),
  accepts: z.strictObject({ text: z.string().min(1).max(2000), tags: z.array(z.string()).max(10) }),
});

/** A collection change by change. */
const postChanges = defineStream({
  name: "post-changes",
  collection: "posts",
  kind: "changes",
  topic: everything(),
  readers: [anyone()],
  variables: { tag: z.string() },
  filter: ({ tag }) => ({ tags: tag }),
});

/** A topic for each board: cards move from one to another, and archived ones belong to none. */
const cards = defineStream({
  name: "cards",
  collection: "cards",
  topic: byField("board", textKey),
  where: { archived: { $ne: true } },
  readers: [anyone()],
  accepts: z.strictObject({ text: z.string(), archived: z.boolean() }),
});

/** One topic in which each reader has items of his own. */
const letters = defineStream({
  name: "letters",
  collection: "letters",
  topic: everything(),
  readers: [role("editor"), members("readers")],
  views: { member: omit("readers", "remark") },
});

/** For whoever is signed in; those who watch see each other. */
const room = defineStream({
  name: "room",
  collection: "room",
  topic: everything(),
  readers: [signedIn()],
  presence: true,
});

/** For editors alone, who may also add to it. */
const desk = defineStream({
  name: "desk",
  collection: "desk",
  topic: everything(),
  readers: [role("editor")],
  accepts: z.strictObject({ text: z.string(), tags: z.array(z.string()) }),
});

/** A topic for each document. */
const pages = defineStream({ name: "pages", collection: "pages", topic: byId(), readers: [anyone()] });

/** What grants the topics of `tasks`. */
const projects = defineStream({
  name: "projects",
  collection: "projects",
  topic: byId(),
  readers: [members("memberIds")],
});

/** All at once: many items in topics that another document grants, with views and a filter. */
export const tasks = defineStream({
  name: "tasks",
  collection: "tasks",
  topic: byField("project"),
  readers: [role("editor"), membersOf(projects, "project")],
  views: { member: omit("remark") },
  variables: { tag: z.string() },
  filter: ({ tag }) => ({ tags: tag }),
});

/** Streams that the planner has no use for. */
export const testStreams = [notes, postChanges, cards, letters, room, desk, pages, projects, tasks] as const;
