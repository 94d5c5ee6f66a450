import { bareContender, type BareOptions } from "../contenders/bareLimit.ts";
import { ServerProcess } from "../ServerProcess.ts";
import { type FanoutRow, measureFanout } from "./fanout.ts";

// Kinds: what the bare limit depends on.
//
// Method. As in the fan-out, with 1,000 clients and 1 kB, but all contenders are bare hubs in one workerd. First every
// kind of stream that a Durable Object can answer with, all written to in one go; then one kind, with the runtime given
// the chance to send after every 50, 100, 200 and 400 clients. `tee` is the runtime's own copying of one stream: what is
// possible, but not for a hub (see `bench/worker/Tee.ts`).

const IN_ONE_GO = 1_000_000;
const WATCHERS = 1000;
const BYTES = 1_000;
const ROUNDS = 15;

const KINDS = [
  "bytes",
  "bytes-sized",
  "default",
  "counted",
  "sized",
  "pulled",
  "identity",
  "transform",
  "tee",
];
const AT_ONCE = [50, 100, 200, 400];

const GROUPS: readonly (readonly (BareOptions & { readonly name: string })[])[] = [
  KINDS.map((kind) => ({ name: kind, kind, atOnce: IN_ONE_GO })),
  AT_ONCE.map((atOnce) => ({ name: `sized, ${atOnce} at once`, kind: "sized", atOnce })),
];

/** Runs it. */
export async function kinds(quick: boolean): Promise<FanoutRow[]> {
  const rows: FanoutRow[] = [];
  for (const group of GROUPS) rows.push(...(await measureGroup(group, quick)));
  return rows;
}

/** Each group has a server of its own: together they would need more sockets than a process may have. */
async function measureGroup(group: (typeof GROUPS)[number], quick: boolean): Promise<FanoutRow[]> {
  const server = await ServerProcess.start("bareLimit");
  const contenders = group.map(({ name, ...options }) => bareContender(server, name, options));
  const plan = { sizes: [BYTES], rounds: quick ? 3 : ROUNDS };
  const rows = await measureFanout(contenders, plan, quick ? 100 : WATCHERS, false);
  await server.stop();
  return rows;
}
