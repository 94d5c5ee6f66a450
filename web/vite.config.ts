import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { limitFirstLoad } from "./limitFirstLoad.ts";

/** Parts that must not come in two rounds: a visitor sees or presses them first, or the focus gets lost without them. */
const IN_A_HURRY = /\/(?:FirstVisit|Awareness|GridFocus|EntryDialog)-/;

/** What both pages need. */
const SHARED = /\/node_modules\/|preload-helper|\/protocol\/problem\.ts$|\/styles\/(?:tokens|base)\.css$/;

const NOT_REFERENCE = /^(?!.*\/web\/reference[/.])/;

export default defineConfig({
  plugins: [limitFirstLoad("index.html", 45_000)],
  // Vite would decide some of these by NODE_ENV; what is built under test is what is deployed.
  oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2022",
    // A content security policy without data: for scripts and styles wants every asset as a file.
    assetsInlineLimit: 0,
    // A list of what every lazy part needs would be larger than what it saves.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (part, files, { hostType }) =>
        hostType === "html" || IN_A_HURRY.test(part) ? files : files.filter(isStyle),
    },
    // The reference is a page of its own: it loads nothing of the planner.
    rolldownOptions: {
      input: ["index.html", "reference.html"].map(besideThis),
      // What the planner needs at first is one file, beside what it shares with the reference, and not one for each part
      // that needs some of it as well.
      output: {
        codeSplitting: {
          groups: [
            { name: "base", tags: ["$initial"], test: SHARED },
            { name: "planner", tags: ["$initial"], test: NOT_REFERENCE },
          ],
        },
      },
    },
  },
});

function isStyle(file: string): boolean {
  return file.endsWith(".css");
}

function besideThis(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
