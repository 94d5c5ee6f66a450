import { execFile } from "node:child_process";
import { cp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";

import { temporaryFolder } from "../support/temporaryFolder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PARTS = ["streams", "generate", "protocol", "atlas-functions", "docs", ".oxfmtrc.json", "package.json"];
/** What `npm run example` needs besides, to see what it is to start. */
const EXAMPLE_PARTS = ["launcher", "processes", "examples"];
const run = promisify(execFile);

/** A copy of the project, as far as `npm run generate` knows it. */
async function project(): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  for (const part of PARTS) await cp(join(ROOT, part), join(folder.path, part), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(folder.path, "node_modules"), "junction");
  return folder.path;
}

async function generate(root: string, ...options: string[]): Promise<{ code: number; words: string }> {
  const script = join(root, "generate/main.ts");
  return run(process.execPath, [script, ...options]).then(
    ({ stdout }) => ({ code: 0, words: stdout }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, words: stderr }),
  );
}

const ORDERS = `
import { defineStream } from "./declare/defineStream.ts";
import { anyone } from "./declare/readers.ts";
import { everything } from "./declare/topics.ts";
export const orders = defineStream({
  name: "orders", collection: "orders", topic: everything(), readers: [anyone()],
});`;

describe("npm run generate", () => {
  test("has nothing to do in what is committed", async () => {
    expect(await generate(ROOT, "--check")).toEqual({ code: 0, words: "" });
  });

  test("makes a new declaration live: in the list, as a trigger and in the docs", async () => {
    const root = await project();
    await writeFile(join(root, "streams/orders.ts"), ORDERS);
    expect((await generate(root, "--check")).words.trim().split("\n")).toEqual([
      "streams/index.ts is not what `npm run generate` makes.",
      "docs/other-collections.md is not what `npm run generate` makes.",
      "atlas-functions/triggers/publish-orders.json is not what `npm run generate` makes.",
    ]);
    expect((await generate(root)).code).toBe(0);
    expect(await generate(root, "--check")).toEqual({ code: 0, words: "" });
    const script = `import { streams } from "./streams/index.ts"; console.log(streams.map(({ name }) => name).join())`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: root });
    expect(stdout.trim()).toBe("households,lists,mealplans,orders,recipes");
    expect(await readFile(join(root, "docs/other-collections.md"), "utf8")).toContain("/api/streams/orders");
  });

  test("takes the trigger of a stream that is gone away, and no other", async () => {
    const root = await project();
    const folder = join(root, "atlas-functions/triggers");
    await writeFile(join(folder, "nightly.json"), "{}\n");
    await rm(join(root, "streams/recipes.ts"));
    await generate(root);
    expect((await readdir(folder)).toSorted()).toEqual([
      "nightly.json",
      "publish-households.json",
      "publish-lists.json",
      "publish-mealplans.json",
    ]);
  });

  test.each([
    [ORDERS.replace(`name: "orders"`, `name: "order"`), `name: "order" is not the name of the file`],
    [ORDERS.replace("export const", "const"), "it exports 0 streams; a file declares one"],
    [`${ORDERS}\nexport const more = orders;`, "it exports 2 streams; a file declares one"],
    [ORDERS.replaceAll("const orders", "const recipes"), `recipes.ts exports a "recipes" as well`],
    [ORDERS.replace("[anyone()]", "[]"), "readers: nobody may read this"],
  ])("refuses %#: a sentence, code 1, and nothing is written", async (text, words) => {
    const root = await project();
    const before = await readFile(join(root, "streams/index.ts"), "utf8");
    const name = words.startsWith("recipes.ts") ? "sales" : "orders";
    await writeFile(join(root, `streams/${name}.ts`), text.replace(`name: "orders"`, `name: "${name}"`));
    const refusal = await generate(root);
    expect(refusal.code).toBe(1);
    expect(refusal.words).toContain(`streams/${name}.ts: ${words}`);
    expect(refusal.words.trim()).not.toContain("\n");
    expect(await readFile(join(root, "streams/index.ts"), "utf8")).toBe(before);
  });
});

test("npm run example names the file of a declaration that makes no sense", async () => {
  const root = await project();
  for (const part of EXAMPLE_PARTS) await cp(join(ROOT, part), join(root, part), { recursive: true });
  const declaration = join(root, "examples/creatures/creatures.ts");
  const text = await readFile(declaration, "utf8");
  await writeFile(declaration, text.replace("[anyone()]", "[]"));
  const starting = run(process.execPath, [join(root, "launcher/startExample.ts"), "creatures"]);
  await expect(starting).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^examples\/creatures\/creatures\.ts: readers: nobody may read this.*\n$/),
  });
});
