import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { readDeclarations } from "../generate/readDeclarations.ts";
import { exampleWelcome } from "./exampleWelcome.ts";
import type { LocalApp } from "./LocalApp.ts";
import { StartError } from "./StartError.ts";
import { writeAtlasApp } from "./writeAtlasApp.ts";

/**
 * One of the examples, which have nothing of the planner: what `npm run example` starts.
 * @param root of the project, absolute.
 * @throws StartError for a name that none has.
 */
export async function exampleApp(root: string, name: string | undefined): Promise<LocalApp> {
  const names = await exampleNames(join(root, "examples"));
  if (name === undefined || !names.includes(name)) {
    const wrong = name === undefined ? "Say which example" : `There is no example "${name}"`;
    throw new StartError(`${wrong}: \`npm run example -- <name>\` knows ${names.join(", ")}.`);
  }
  const folder = join(root, "examples", name);
  const streams = (await readDeclarations(root, `examples/${name}`)).map(({ stream }) => stream);
  const sample = JSON.parse(await readFile(join(folder, "sample.json"), "utf8")) as Record<string, unknown>;
  return {
    title: `The example ${name}`,
    database: "examples",
    dataDir: ".data/examples",
    worker: {
      config: join(root, "examples/wrangler.toml"),
      name: `example-${name}`,
      entrypoint: join(folder, "worker.ts"),
      assets: join(folder, "page"),
    },
    prepare: ({ dataDir }) => writeAtlasApp(root, join(dataDir, "atlas", name), streams, "examples"),
    // Whoever follows the tutorial inserts the first document.
    seed: () => Promise.resolve(),
    welcome: ({ mongodbUri }, origin) => exampleWelcome(streams, sample, mongodbUri, origin),
  };
}

async function exampleNames(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).toSorted();
  const isExample = await Promise.all(
    names.map((name) =>
      stat(join(folder, name, "worker.ts")).then(
        () => true,
        () => false,
      ),
    ),
  );
  return names.filter((_, index) => isExample[index]);
}
