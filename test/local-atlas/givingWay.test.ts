import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

describe("a long pipeline", () => {
  it("lets other clients be served between its steps", async () => {
    const many = Array.from({ length: 10_000 }, (_none, index) => ({ index, text: `t${index}` }));
    await open.database.collection("long").insertMany(many);
    const ping = () => open.database.command({ ping: 1 });
    // Both connections are there before it matters.
    await Promise.all([ping(), ping()]);
    const order: string[] = [];
    const stages = [
      { $group: { _id: "$text", n: { $sum: "$index" } } },
      { $sort: { n: -1 } },
      { $count: "groups" },
    ];
    const slow = open.database.collection("long").aggregate(stages).toArray();
    const done = slow.then(() => order.push("pipeline"));
    await ping();
    order.push("ping");
    await done;
    expect(order).toEqual(["ping", "pipeline"]);
    expect(await slow).toEqual([{ groups: 10_000 }]);
  });
});
