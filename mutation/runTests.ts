import { resolve } from "node:path";
import { createVitest, type Reporter } from "vitest/node";

import type { Patience } from "./areas.ts";
import type { TestAnswer, TestRequest } from "./testMessages.ts";

// Runs tests for the process that forked it, one request at a time. Starting Vitest anew for each would take longer than
// most of the runs.

const { testMs, pollMs } = JSON.parse(process.argv[2] ?? "") as Patience;

/** What failed in this run: Vitest itself remembers what failed in earlier ones. */
const failures: string[] = [];

const reporter: Reporter = {
  onTestCaseResult: (test) => {
    const [error] = test.result().errors ?? [];
    if (error)
      failures.push(`${test.module.relativeModuleId}: ${test.fullName}: ${firstLine(error.message)}`);
  },
  onTestModuleEnd: (module) => {
    const [error] = module.errors();
    if (error) failures.push(`${module.relativeModuleId}: ${firstLine(error.message)}`);
  },
};

const vitest = await createVitest({
  watch: false,
  bail: 1,
  isolate: false,
  testTimeout: testMs,
  expect: { poll: { timeout: pollMs } },
  reporters: [reporter],
});
await vitest.standalone();

let changed = "";

process.on("message", (request: TestRequest) => {
  void failureIn(request).then((failure) => process.send?.({ failure } satisfies TestAnswer));
});

async function failureIn({ file, tests }: TestRequest): Promise<string | null> {
  // What was changed before is as it was again.
  vitest.invalidateFile(resolve(changed));
  vitest.invalidateFile(resolve(file));
  changed = file;
  failures.length = 0;
  const all = await vitest.globTestSpecifications();
  const chosen = all.filter(({ moduleId }) => tests.some((test) => moduleId.startsWith(resolve(test))));
  const { unhandledErrors } = await vitest.runTestSpecifications(chosen);
  if (failures.length === 0 && unhandledErrors.length > 0)
    failures.push("(an error that no test has caught)");
  return failures[0] ?? null;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
