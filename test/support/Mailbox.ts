import { readdir, readFile } from "node:fs/promises";

import { expect } from "vitest";

import { type MailCatcher, startMailCatcher } from "../../launcher/mailCatcher.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

/** The mails that a stack sends, as files. */
export class Mailbox {
  readonly catcher: MailCatcher;
  readonly #folder: Awaited<ReturnType<typeof temporaryFolder>>;

  private constructor(catcher: MailCatcher, folder: Awaited<ReturnType<typeof temporaryFolder>>) {
    this.catcher = catcher;
    this.#folder = folder;
  }

  static async open(): Promise<Mailbox> {
    const folder = await temporaryFolder();
    return new Mailbox(await startMailCatcher(folder.path), folder);
  }

  /** All mails to an address, the oldest first. */
  async to(address: string): Promise<readonly string[]> {
    const names = (await readdir(this.#folder.path)).toSorted();
    const mails = await Promise.all(names.map((name) => readFile(`${this.#folder.path}/${name}`, "utf8")));
    return mails.filter((mail) => mail.includes(`\nTo: ${address}\n`));
  }

  /** The next mail to an address, when so many have come before. */
  async next(address: string, before = 0): Promise<string> {
    await expect.poll(async () => (await this.to(address)).length).toBeGreaterThan(before);
    return (await this.to(address))[before] ?? "";
  }

  async close(): Promise<void> {
    await this.catcher[Symbol.asyncDispose]();
    await this.#folder[Symbol.asyncDispose]();
  }
}
