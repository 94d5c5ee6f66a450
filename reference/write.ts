import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { streams } from "../streams/index.ts";
import { openApiDocument } from "./openApiDocument.ts";

/** What the page at `/reference` shows, and any client generator reads: it is served beside the page. */
const FILE = join(import.meta.dirname, "../web/public/openapi.json");

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as {
  readonly version: string;
};
const text = `${JSON.stringify(openApiDocument(streams, version), null, 2)}\n`;

if (process.argv.includes("--check")) check();
else writeFileSync(FILE, text);

function check(): void {
  if (readFileSync(FILE, "utf8") === text) return;
  console.error("web/public/openapi.json is not what `npm run generate` makes.");
  process.exitCode = 1;
}
