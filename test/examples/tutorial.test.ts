import { cp, mkdir, readFile, rm, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

import { freePort } from "../start/startProcess.ts";
import { startBrowser } from "../support/browser.ts";
import { Terminal } from "./Terminal.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PAGE = join(ROOT, "docs/other-collections.md");

/** What an app that only streams is made of. The planner is left behind. */
const PARTS = [
  "atlas-functions",
  "durable-objects",
  "examples",
  "generate",
  "launcher",
  "local-atlas",
  "processes",
  "protocol",
  "streams",
  "trigger-runner",
  "worker",
  "package.json",
  "tsconfig.json",
  ".oxfmtrc.json",
];

const FILE = /^`(examples\/scores\/[^`]+)`:\n\n```\w+\n(.*?)^```$/gms;
const COMMANDS = /^```sh\n(.*?)^```$/gms;
const TIMEOUT = { timeout: 60_000 };

async function project(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mealcast-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const part of PARTS) await cp(join(ROOT, part), join(folder, part), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

test("the tutorial leads from a collection to a live page, step by step, without the planner", async () => {
  const folder = await project();
  const text = await readFile(PAGE, "utf8");
  for (const [, path = "", content = ""] of text.matchAll(FILE)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const [port, databasePort] = [String(await freePort()), String(await freePort())];
  const commands = [...text.matchAll(COMMANDS)].flatMap(([, block = ""]) => block.trim().split("\n"));
  function type(words: string): Terminal {
    const command = commands.find((line) => line.includes(words)) ?? `echo no command has ${words}`;
    const here = command.replaceAll("8787", port).replaceAll("27017", databasePort);
    return new Terminal(`PORT=${port} MONGODB_PORT=${databasePort} ${here}`, folder);
  }

  const example = type("npm run example");
  await expect.poll(() => example.output, TIMEOUT).toContain("The example scores is ready");
  expect(example.output).toContain(`curl -N http://127.0.0.1:${port}/api/streams/scores/chess`);
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}`);
  const list = page.locator("ol");
  const curl = type("curl -N http");
  await expect.poll(() => curl.output, TIMEOUT).toContain("event: live");

  await type("insertOne").ended();
  await list.getByText("Ada: 12").waitFor();
  await type("points: 13").ended();
  await list.getByText("Ada: 13").waitFor();
  expect(await type("-d '").ended()).toContain(`"player":"Grace"`);
  await list.getByText("Grace: 7").waitFor();

  const filtered = type("least=10");
  await expect.poll(() => filtered.output, TIMEOUT).toContain(`"player":"Ada"`);
  expect(filtered.output).not.toContain("Grace");
  expect(await type("least=many").ended()).toContain(`"path":"least"`);

  await type(`game: "go"`).ended();
  await expect.poll(() => list.getByText("Grace").count(), TIMEOUT).toBe(0);
  await type("cancelled: true").ended();
  await expect.poll(() => list.textContent(), TIMEOUT).toBe("");
  await expect.poll(() => curl.output.match(/^event: removed$/gm)?.length, TIMEOUT).toBe(2);
  await expect.poll(() => filtered.output, TIMEOUT).toContain("event: removed");
  expect(curl.output).not.toContain("secret");
}, 180_000);
