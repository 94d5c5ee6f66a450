import { build } from "vite";
import { expect, test } from "vitest";

import { limitFirstLoad } from "../../web/limitFirstLoad.ts";

/** Builds the page as it is deployed, but writes nothing. */
function buildWithin(limit: number): Promise<unknown> {
  return build({
    configFile: "web/vite.config.ts",
    root: "web",
    logLevel: "silent",
    plugins: [limitFirstLoad("index.html", limit)],
    build: { write: false },
  });
}

test("the page's first script is within 45 kB, or it is not built", async () => {
  await buildWithin(45_000);
});

test("a page that needs more at first than it may is not built, and it is said by how much", async () => {
  await expect(buildWithin(10_000)).rejects.toThrow(/index\.html needs \d+\.\d kB .* limit is 10\.0 kB/);
});
