import { announce } from "./announce.ts";
import { Workerd } from "./Workerd.ts";

// The bare limit on the same workerd, bundled and started in the same way as the real Worker.

const workerd = await Workerd.start("bench/worker/wrangler.toml", {});
announce({ port: workerd.port, details: {} }, () => workerd.stop());
