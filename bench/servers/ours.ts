import { z } from "zod";

import { makeHome } from "../../test/support/people.ts";
import { TEST_SECRETS } from "../../test/support/stack.ts";
import { announce } from "./announce.ts";
import { Workerd } from "./Workerd.ts";

// Our Worker with its hubs, and a household with a plan to watch.

const { MONGODB_URI, OVERRIDES, ENTRY } = z
  .object({
    MONGODB_URI: z.string(),
    /** Variables of the Worker, as JSON. */
    OVERRIDES: z.string().default("{}"),
    /** A file that takes the place of the Worker's own entry. */
    ENTRY: z.string().optional(),
  })
  .parse(process.env);

const LIMITS = { MAX_STREAMS_PER_HUB: "20000", MAX_STREAMS_PER_USER: "20000" };

const overrides = z.record(z.string(), z.string()).parse(JSON.parse(OVERRIDES));
const values = { ...TEST_SECRETS, ...LIMITS, MONGODB_URI, ...overrides };
let workerd = await Workerd.start("wrangler.toml", values, ENTRY);
const { owner, plan } = await makeHome(`http://127.0.0.1:${workerd.port}`);
const details = { planId: plan._id, userId: owner.user._id, cookie: owner.cookie };
announce({ port: workerd.port, details }, () => workerd.stop());

async function restart(): Promise<void> {
  workerd = await workerd.restart();
  process.send?.("restarted");
}

process.on("message", (message) => {
  if (message === "restart") void restart();
});
