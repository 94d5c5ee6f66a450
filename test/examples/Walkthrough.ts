import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { onTestFinished } from "vitest";

import { freePort, startExample } from "../start/startProcess.ts";
import { startBrowser, untilState } from "../support/browser.ts";
import { Terminal } from "./Terminal.ts";

/** Short, so that nobody waits: what is counted is told with it. */
const HEARTBEAT_SECONDS = "1";

/** An origin of somebody else, whose pages may read along. */
export const FRIEND = "https://friend.example";

/** An example that runs, with a browser and a terminal before it, and the commands that its tutorial names. */
export class Walkthrough {
  readonly url: string;
  /** The commands of its section in `examples/README.md`, in their order, for the ports at hand. */
  readonly commands: readonly string[];
  readonly #browser: Browser;

  private constructor(url: string, commands: readonly string[], browser: Browser) {
    this.url = url;
    this.commands = commands;
    this.#browser = browser;
  }

  /** Starts an example as `npm run example` does. @param onFinished takes what ends it. */
  static async start(name: string, onFinished: (end: () => Promise<void>) => unknown): Promise<Walkthrough> {
    const dataDir = await mkdtemp(join(tmpdir(), "mealcast-"));
    onFinished(() => rm(dataDir, { recursive: true }));
    const [port, databasePort] = [String(await freePort()), String(await freePort())];
    const places = { PORT: port, MONGODB_PORT: databasePort, DATA_DIR: dataDir };
    const env = { ...places, HEARTBEAT_SECONDS, ALLOWED_ORIGINS: FRIEND };
    const url = await startExample(name, env, onFinished).ready();
    const browser = await startBrowser();
    onFinished(() => browser.close());
    const commands = (await commandsOf(name)).map((command) =>
      command.replaceAll("8787", port).replaceAll("27017", databasePort),
    );
    return new Walkthrough(url, commands, browser);
  }

  /** Opens the page in a browser of its own and waits until it is live. */
  async openPage(url = this.url): Promise<Page> {
    const context = await this.#browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(url);
    await untilState(page, "live");
    return page;
  }

  /** Types the command of the tutorial that holds some words. @throws Error when there is none. */
  type(words: string, replace: (command: string) => string = (command) => command): Terminal {
    const command = this.commands.find((line) => line.includes(words));
    if (command === undefined) throw new Error(`The tutorial has no command with ${words}`);
    return new Terminal(replace(command));
  }
}

async function commandsOf(name: string): Promise<readonly string[]> {
  const text = await readFile(new URL("../../examples/README.md", import.meta.url), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(`${name}\n`)) ?? "";
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = ""]) => block.trim().split("\n"));
}
