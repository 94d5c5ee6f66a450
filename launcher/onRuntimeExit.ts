import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { basename } from "node:path";

const OUT_OF_DESCRIPTORS = "Too many open files";

/**
 * Calls back when a workerd that this process has started is gone. Wrangler takes no notice of that: requests would wait
 * for ever.
 * @param ended gets why, in a sentence.
 */
export function onRuntimeExit(ended: (sentence: string) => void): void {
  subscribe("child_process", (message) => {
    const { process: child } = message as { readonly process: ChildProcess };
    // It is told of before it is spawned, and has neither name nor streams yet.
    child.once("spawn", () => {
      if (basename(child.spawnfile).startsWith("workerd")) follow(child, ended);
    });
  });
}

function follow(child: ChildProcess, ended: (sentence: string) => void): void {
  let ranOut = false;
  child.stderr?.on("data", (chunk: Buffer) => {
    ranOut ||= chunk.includes(OUT_OF_DESCRIPTORS);
  });
  child.once("close", (code, signal) => {
    ended(
      ranOut
        ? "The Worker's runtime has run out of files and sockets: raise the limit by `ulimit -n`."
        : `The Worker's runtime ended unexpectedly (${signal ?? code}).`,
    );
  });
}
