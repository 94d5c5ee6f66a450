import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/buildPage.ts"],
    reporters: ["default", "./test/support/closingLine.ts"],
    // Each file starts real servers: more at once would only make them wait for each other.
    maxWorkers: 2,
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    env: { WRANGLER_SEND_METRICS: "false", CI: "true" },
  },
});
