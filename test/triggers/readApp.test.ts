import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { changePipeline } from "../../trigger-runner/changePipeline.ts";
import { readApp } from "../../trigger-runner/readApp.ts";
import { appWith, DEPLOYED, TRIGGER, withConfig } from "./appCopy.ts";

describe("the deployed app", () => {
  test("is read as Atlas would, with the local values in place of its own", async () => {
    const app = await readApp(DEPLOYED, {
      hookUrl: "http://127.0.0.1:8787/api/hooks/atlas",
      hookSecret: "s",
    });
    expect(app.triggers.map((trigger) => trigger.name)).toEqual([
      "publish-households",
      "publish-lists",
      "publish-mealplans",
      "publish-recipes",
    ]);
    expect([...app.functions.keys()]).toEqual(["publishChange"]);
    expect(Object.fromEntries(app.values)).toEqual({
      hookUrl: "http://127.0.0.1:8787/api/hooks/atlas",
      hookSecret: "s",
    });
  });

  test("becomes a change stream of all writes, without what no reader is shown", async () => {
    const app = await readApp(DEPLOYED, { hookSecret: "s" });
    const streams = app.triggers.map(({ name, config }) => [name, changePipeline(config)] as const);
    const writes = { $match: { operationType: { $in: ["insert", "update", "replace", "delete"] } } };
    for (const [, stages] of streams) expect(stages[0]).toEqual(writes);
    const [, leavesOut] = Object.fromEntries(streams)["publish-mealplans"] ?? [];
    expect(leavesOut).toEqual({
      $project: { "fullDocument.activity": 0, updateDescription: 0, lsid: 0, txnNumber: 0 },
    });
  });

  test("does not start without its secret", async () => {
    await expect(readApp(DEPLOYED, {})).rejects.toThrow('The value "hookSecret" is linked to a secret');
  });
});

describe("what is not emulated is refused with its name, never ignored", () => {
  test.each([
    ["a scheduled trigger", (json: object) => ({ ...json, type: "SCHEDULED" }), "type: is not emulated here"],
    ["a setting of tomorrow", withConfig({ watch_twice: true }), 'config: Unrecognized key: "watch_twice"'],
    ["pre-images", withConfig({ full_document_before_change: true }), "config.full_document_before_change"],
    ["skipped events", withConfig({ skip_catchup_events: true }), "config.skip_catchup_events"],
    ["a projection without the token", withConfig({ project: { _id: 0 } }), "must keep _id"],
    ["a projection without the type", withConfig({ project: { ns: 1 } }), "must keep operationType"],
    ["a mixed projection", withConfig({ project: { operationType: 1, ns: 0 } }), "takes all 0s or all 1s"],
    ["an unknown operation", withConfig({ operation_types: ["DROP"] }), "config.operation_types.0"],
    ["an unknown data source", withConfig({ service_name: "other" }), 'names the data source "other"'],
  ])("%s", async (_, change, message) => {
    const directory = await appWith(TRIGGER, change);
    await expect(readApp(directory, { hookSecret: "s" })).rejects.toThrow(message);
  });

  test("a function that is not in the list", async () => {
    const directory = await appWith("functions/config.json", () => []);
    await expect(readApp(directory, { hookSecret: "s" })).rejects.toThrow(
      'lacks the function "publishChange"',
    );
  });
});

test("a trigger that is switched off is left out", async () => {
  const directory = await appWith(TRIGGER, (json) => ({ ...json, disabled: true }));
  expect((await readApp(directory, { hookSecret: "s" })).triggers).toEqual([]);
});

test("a file that is no JSON is named", async () => {
  const directory = await appWith(TRIGGER, (json) => json);
  await writeFile(join(directory, TRIGGER), "{");
  await expect(readApp(directory, { hookSecret: "s" })).rejects.toThrow("publish-mealplans.json is not JSON");
});
