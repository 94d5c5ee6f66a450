import { readdirSync, readFileSync } from "node:fs";

const NANOSECONDS_PER_MS = 1e6;
const BYTES_PER_KIB = 1024;

/** A process and all that it started, children's children included. Linux only. */
export function processTree(root: number): readonly number[] {
  const children = Map.groupBy(parents(), ([, parent]) => parent);
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []).map(([child]) => child));
  return tree;
}

/** CPU time that the processes have used so far, in milliseconds: user and system, all threads that still live. */
export function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + cpuMsOf(pid), 0);
}

/** Memory that the processes have in RAM, in bytes. */
export function residentBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + residentBytesOf(pid), 0);
}

function parents(): [pid: number, parent: number][] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => {
    // The name of the program may hold spaces and brackets: the fields are counted from its end.
    const [, fields = ""] = /^.*\) (.*)$/s.exec(read(`/proc/${pid}/stat`)) ?? [];
    return [Number(pid), Number(fields.split(" ")[1] ?? 0)];
  });
}

/** The scheduler's own count in nanoseconds: the ticks of `stat` are as long as a whole fan-out. */
function cpuMsOf(pid: number): number {
  const tasks = entries(`/proc/${pid}/task`);
  const times = tasks.map((task) => Number(read(`/proc/${pid}/task/${task}/schedstat`).split(" ")[0] ?? 0));
  return times.reduce((sum, time) => sum + time, 0) / NANOSECONDS_PER_MS;
}

function residentBytesOf(pid: number): number {
  const [, kib = "0"] = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kib) * BYTES_PER_KIB;
}

function entries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    // The process has ended meanwhile.
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
