import { EJSON, ObjectId } from "bson";
import { expect, test } from "vitest";

import type { EjsonDocument } from "../../protocol/changeEvent.ts";
import type { WireDocument } from "../../protocol/wireJson.ts";
import { readDocument } from "../../streams/declare/readDocument.ts";
import { viewed } from "../../streams/declare/views.ts";
import { mealplans } from "../../streams/mealplans.ts";

function canonical(document: object): EjsonDocument {
  return EJSON.serialize(document, { relaxed: false }) as EjsonDocument;
}

test("a guest's plan has no members, no authors and no history, and is otherwise the same", () => {
  const [member, planId, entryId] = [new ObjectId(), new ObjectId(), new ObjectId()];
  const tokenHash = "ab".repeat(32);
  const plan = canonical({
    _id: planId,
    entries: [
      { _id: entryId, title: "Soup", addedBy: member, changedBy: member, changedAt: new Date() },
      "typed by hand",
    ],
    activity: [{ _id: "key", by: member }],
    removed: [{ _id: entryId, by: member }],
    memberIds: [member],
    shares: [{ _id: entryId, tokenHash, expiresAt: null }, { broken: true }],
  });
  const item = readDocument(mealplans, plan);
  expect(item?.data).not.toContain(tokenHash);
  expect(viewed(mealplans.views["guest"], JSON.parse(item?.data ?? "") as WireDocument)).toEqual({
    _id: planId.toHexString(),
    entries: [{ _id: entryId.toHexString(), title: "Soup" }, "typed by hand"],
  });
  expect(item?.access).toEqual({
    memberIds: [member.toHexString()],
    shares: [{ _id: entryId.toHexString(), tokenHash, expiresAt: null }],
  });
});
