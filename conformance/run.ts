import { readTestFiles } from "./readTestFiles.ts";
import { Report } from "./Report.ts";
import { runFile } from "./runFile.ts";

// `npm run conformance -- FOLDER`: runs unified test files against the emulator, and prints what became of each test.

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error("Say which folder (or file) to run: npm run conformance -- FOLDER");
  process.exit(2);
}
const report = new Report((line) => console.log(line));
try {
  for (const read of readTestFiles(path)) {
    if ("problem" in read) report.refuse(read.name, read.problem);
    else report.add(read.name, await runFile(read.file));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
process.exit(report.finish() ? 0 : 1);
