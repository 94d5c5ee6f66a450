import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { startTriggers } from "../../trigger-runner/startTriggers.ts";
import { announce } from "./announce.ts";
import { ROOT } from "./root.ts";

// The trigger runner in a process of its own: in production, Atlas does this.

const settings = z
  .object({ MONGODB_URI: z.string(), HOOK_URL: z.string(), HOOK_SECRET: z.string() })
  .parse(process.env);

const stateDir = await mkdtemp(join(tmpdir(), "triggers-"));
const triggers = await startTriggers({
  mongoUri: settings.MONGODB_URI,
  functionsDir: join(ROOT, "atlas-functions"),
  stateDir,
  values: { hookUrl: settings.HOOK_URL, hookSecret: settings.HOOK_SECRET },
  log: (entry) => {
    if (entry.level !== "info") console.error(JSON.stringify(entry));
  },
});
announce({ port: 0, details: {} }, async () => {
  await triggers.stop();
  await rm(stateDir, { recursive: true, force: true });
});
