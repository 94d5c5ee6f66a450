import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const PROGRAM = fileURLToPath(new URL("../../conformance/run.ts", import.meta.url));
const FILES = fileURLToPath(new URL("files", import.meta.url));

interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** `npm run conformance -- path`. */
async function run(path: string): Promise<Run> {
  const child = spawn(process.execPath, [PROGRAM, `${FILES}/${path}`], { stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code: Number(code), output: output + errors };
}

describe("npm run conformance", () => {
  it("passes tests whose results, errors, events and outcomes are as they say", async () => {
    const { code, output } = await run("passing.json");
    expect(output).toMatch(/3 passed, 0 failed, 0 skipped\n$/);
    expect(code).toBe(0);
  });

  it("fails a test whose promise is not kept, says which one, and ends with an error", async () => {
    const { code, output } = await run("failing.json");
    expect(output).toContain("failed: another result: the result of find[0]._id must be 2, not 1");
    expect(output).toContain(
      "failed: a field inside that nobody expects: the result of find[0].a must not have c",
    );
    expect(output).toContain("failed: an error that does not come: find must fail");
    expect(output).toContain("failed: an event that does not come: 1 events must be observed, not 0");
    expect(output).toContain(
      'failed: another outcome: plans must hold [], not [{"_id":1,"a":{"b":1,"c":2}}]',
    );
    expect(output).toMatch(/0 passed, 5 failed, 0 skipped\n$/);
    expect(code).toBe(1);
  });

  it("skips what the server or the driver is not, with the reason", async () => {
    const { code, output } = await run("skipped.json");
    expect(output).toContain("skipped: newer: needs server 8.0");
    expect(output).toContain("skipped: older: needs server 4.4.99 or older");
    expect(output).toContain("skipped: sharded: needs sharded");
    expect(output).toContain("skipped: by its author: the file says: not yet");
    expect(output).toContain("skipped: nowhere: the driver has no juggle");
    expect(output).toMatch(/1 passed, 0 failed, 5 skipped\n$/);
    expect(code).toBe(0);
  });

  it("refuses a file that is not of the format, or of a version that it does not know", async () => {
    const { code, output } = await run("malformed");
    expect(output).toContain("malformed.json: refused: not of the format");
    expect(output).toContain("at tests[0].operations[0].name");
    expect(output).toContain("newer.json: refused: version 2.0 of the format is not known");
    expect(code).toBe(1);
  });

  it("says what is missing when there is no such folder", async () => {
    const { code, output } = await run("nowhere");
    expect(output).toContain("no such file or directory");
    expect(code).toBe(2);
  });
});
