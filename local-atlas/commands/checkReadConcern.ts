import { CommandError } from "../errors/CommandError.ts";
import type { Call } from "./Call.ts";

const IN_TRANSACTION: ReadonlySet<string> = new Set(["local", "majority", "snapshot"]);

/** Throws for a write outside of a transaction that says how sure its reads have to be. */
export function checkReadConcernOfWrite({ name, generic }: Call): void {
  const { readLevel } = generic;
  if (readLevel === null || readLevel === "local") return;
  throw new CommandError(
    "InvalidOptions",
    `Command ${name} does not support { readConcern: { level: "${readLevel}" } } :: caused by :: read concern not supported`,
  );
}

/** Throws for concerns that the command of a transaction may not have: its first one reads for all, its last one writes. */
export function checkConcernsInTransaction({ command, generic }: Call): void {
  if (generic.writeConcern !== null && command.endsTransaction === undefined)
    throw refused("writeConcern is not allowed within a multi-statement transaction");
  const { readLevel, startsTransaction } = generic;
  if (readLevel === null) return;
  if (!startsTransaction) throw refused("Only the first command in a transaction may specify a readConcern");
  if (IN_TRANSACTION.has(readLevel)) return;
  throw refused(
    "The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in order to run in a transaction",
  );
}

function refused(message: string): CommandError {
  return new CommandError("InvalidOptions", message);
}
