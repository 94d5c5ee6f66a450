import { expect, test } from "vitest";

import { startExample } from "../start/startProcess.ts";

const KNOWN = "`npm run example -- <name>` knows creatures, facts, messages, users.";

test.each([
  ["otters", `There is no example "otters": ${KNOWN}`],
  ["shared", `There is no example "shared": ${KNOWN}`],
  ["../worker", `There is no example "../worker": ${KNOWN}`],
])("a name that no example has, %s, is answered with those that there are", async (name, sentence) => {
  const running = startExample(name, {});
  expect(await running.exited()).toBe(1);
  expect(running.output().trim()).toBe(sentence);
});
