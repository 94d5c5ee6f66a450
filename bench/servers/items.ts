import { z } from "zod";

import { TEST_SECRETS } from "../../test/support/stack.ts";
import { announce } from "./announce.ts";
import { Workerd } from "./Workerd.ts";

// A Worker with one stream of many items, which anybody may watch.

const { MONGODB_URI, RECONCILE_SECONDS } = z
  .object({ MONGODB_URI: z.string(), RECONCILE_SECONDS: z.string() })
  .parse(process.env);

const values = { ...TEST_SECRETS, MAX_STREAMS_PER_HUB: "20000", MONGODB_URI, RECONCILE_SECONDS };
const workerd = await Workerd.start("wrangler.toml", values, "bench/items/index.ts");
announce({ port: workerd.port, details: {} }, () => workerd.stop());
