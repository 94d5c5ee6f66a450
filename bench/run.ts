import { arch, cpus, platform, release } from "node:os";

import { burst } from "./benches/burst.ts";
import { cost } from "./benches/cost.ts";
import { fanout } from "./benches/fanout.ts";
import { items } from "./benches/items.ts";
import { kinds } from "./benches/kinds.ts";
import { screen } from "./benches/screen.ts";
import { storm } from "./benches/storm.ts";
import { watching } from "./benches/watching.ts";
import { Lab } from "./Lab.ts";
import { type BenchName, type Options, readOptions } from "./options.ts";
import type { Machine, Results } from "./report/Results.ts";
import { writeReport } from "./report/writeReport.ts";

// `npm run bench [-- fanout kinds burst watching items screen cost storm] [--quick]`

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const lab = await Lab.open();
  try {
    for (const name of options.benches) await runOne(lab, name, options);
  } finally {
    await lab.close();
  }
}

async function runOne(lab: Lab, name: BenchName, { quick }: Options): Promise<void> {
  const startedAt = Date.now();
  const measured = await measure(lab, name, quick);
  console.log(`${name}: ${Math.round((Date.now() - startedAt) / 1000)} s`);
  // Quick figures are for seeing that it runs; they must not replace real ones.
  if (quick) console.log(JSON.stringify(measured, null, 2));
  else await writeReport({ machine: machine(), ...measured });
}

async function measure(lab: Lab, name: BenchName, quick: boolean): Promise<Results> {
  switch (name) {
    case "fanout":
      return { fanout: await fanout(lab, quick) };
    case "kinds":
      return { kinds: await kinds(quick) };
    case "burst":
      return { burst: await burst(lab, quick) };
    case "watching":
      return { watching: await watching(lab, quick) };
    case "items":
      return { items: await items(lab, quick) };
    case "screen": {
      const rows = await screen(quick);
      return rows ? { screen: rows } : {};
    }
    case "cost":
      return { cost: await cost(lab, quick) };
    case "storm":
      return { storm: await storm(lab, quick) };
  }
}

function machine(): Machine {
  const processors = cpus();
  return {
    at: new Date().toISOString(),
    cpu: processors[0]?.model ?? "unknown",
    cores: processors.length,
    node: process.versions.node,
    system: `${platform()} ${release()} ${arch()}`,
  };
}

await main();
