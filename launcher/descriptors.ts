import { StartError } from "./StartError.ts";

/** What each process takes at rest, with room to spare. */
const AT_REST = 256;

/** The client's socket and those between the parts of the runtime: 3.6 were measured. */
const PER_STREAM = 5;

const FEWEST = 1_024;

/** How many files and sockets a process may open; `null` where the system has no such limit. */
export function descriptorLimit(): number | null {
  // The addresses of the machine would take their time, and are not asked for.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { readonly userLimits?: Readonly<Record<string, unknown>> };
  // Node has raised the soft limit to the hard one by now, and so it is for our children.
  const limit = report.userLimits?.["open_files"] as { readonly soft: number | string } | undefined;
  return typeof limit?.soft === "number" ? limit.soft : null;
}

/** Makes sure that enough of them may be opened to start at all. @throws StartError */
export function requireDescriptors(limit: number | null): void {
  if (limit === null || limit >= FEWEST) return;
  throw new StartError(
    `This shell lets a process open ${limit} files and sockets, and ${FEWEST} are needed: raise it by \`ulimit -n\`.`,
  );
}

/** How many streams a hub can hold open; `null` for as many as it is set to. */
export function streamsWithin(limit: number | null): number | null {
  return limit === null ? null : Math.floor((limit - AT_REST) / PER_STREAM);
}
