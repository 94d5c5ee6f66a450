import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { CommandContext } from "./CommandContext.ts";
import { parseMerge, writeMerge } from "./mergeStage.ts";
import { parseOut, writeOut } from "./outStage.ts";

/** Where a pipeline puts its results instead of answering them. */
export interface Output {
  /** All of them or none. */
  readonly write: (documents: readonly BsonDocument[]) => void;
}

type OutputStage = (context: CommandContext, argument: unknown) => Output;

const STAGES: Readonly<Record<string, OutputStage>> = {
  $out: (context, argument) => {
    const target = parseOut(context, argument);
    return { write: (documents) => writeOut(context, target, documents) };
  },
  $merge: (context, argument) => {
    const merge = parseMerge(context, argument);
    return { write: (documents) => writeMerge(context, merge, documents) };
  },
};

/** Splits a pipeline into its stages and the `$out` or `$merge` at its end; throws when one stands elsewhere. */
export function outputOf(
  context: CommandContext,
  pipeline: BsonDocument[],
): { readonly stages: BsonDocument[]; readonly output: Output | null } {
  const names = pipeline.map((stage) => Object.keys(stage)[0] ?? "");
  const early = names.slice(0, -1).find((name) => Object.hasOwn(STAGES, name));
  if (early !== undefined)
    throw new CommandError("MisplacedOutput", `${early} can only be the final stage in the pipeline`);
  const name = names.at(-1) ?? "";
  const stage = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (stage === undefined) return { stages: pipeline, output: null };
  if (context.isTransaction) {
    throw new CommandError(
      "OperationNotSupportedInTransaction",
      `Stage not supported inside of a multi-document transaction: ${name}`,
    );
  }
  if (context.readLevel === "linearizable")
    throw new CommandError(
      "InvalidOptions",
      `${name} cannot be used with a 'linearizable' read concern level`,
    );
  if (context.snapshotTime !== null)
    throw new CommandError("InvalidOptions", `${name} cannot read at a snapshot`);
  return { stages: pipeline.slice(0, -1), output: stage(context, pipeline.at(-1)?.[name]) };
}
