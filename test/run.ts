import { spawnSync } from "node:child_process";

import { findBrowser } from "./support/findBrowser.ts";

const browser = findBrowser();
if (!browser) {
  console.error(
    "The tests need Chromium and found none. Install it (on Debian: apt-get install chromium; elsewhere: npx playwright-core install chromium) or name it in CHROMIUM_PATH.",
  );
  process.exit(1);
}
const { status } = spawnSync("vitest", ["run", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, CHROMIUM_PATH: browser, WRANGLER_SEND_METRICS: "false" },
});
process.exit(status ?? 1);
