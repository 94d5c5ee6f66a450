import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Fills what is null or missing, as the stages that it stands for. */
export const FILL: StageTable = { $fill: fill };

const FIELDS = new Set(["partitionBy", "partitionByFields", "sortBy", "output"]);
const METHODS: Readonly<Record<string, string>> = { linear: "$linearFill", locf: "$locf" };

function fill(argument: unknown, context: StageContext): RunningStage {
  if (!isDocument(argument)) {
    throw new CommandError(
      "FailedToParse",
      `the $fill stage specification must be an object, found ${typeName(argument)}`,
    );
  }
  const unknown = Object.keys(argument).find((name) => !FIELDS.has(name));
  if (unknown !== undefined)
    throw new CommandError("UnknownField", `BSON field '$fill.${unknown}' is an unknown field.`);
  const { output, sortBy } = argument;
  if (!isDocument(output))
    throw new CommandError("MissingField", "BSON field '$fill.output' is missing but a required field");
  if (Object.keys(output).length === 0)
    throw new CommandError(6050203, "Maximum one of 'output' must be specified");
  const parsed = Object.entries(output).map(([path, spec]) => [path, parseOutput(path, spec)] as const);
  const windows = parsed.flatMap(([path, { method }]) =>
    method === null ? [] : [[path, { [method]: `$${path}` }] as const],
  );
  const values = parsed.flatMap(([path, spec]) =>
    spec.method === null ? [[path, { $ifNull: [`$${path}`, spec.value] }] as const] : [],
  );
  if (windows.length > 0 && sortBy === undefined) {
    throw new CommandError(6050204, "$fill with the methods linear and locf requires a sortBy");
  }
  const partitionBy = partitionOf(argument);
  const window = {
    ...(sortBy === undefined ? {} : { sortBy }),
    ...(partitionBy === undefined ? {} : { partitionBy }),
  };
  const stages = [
    ...(windows.length > 0 ? [{ $setWindowFields: { ...window, output: Object.fromEntries(windows) } }] : []),
    ...(values.length > 0 ? [{ $addFields: Object.fromEntries(values) }] : []),
  ];
  return context.compilePipeline(stages, context);
}

function parseOutput(
  path: string,
  spec: unknown,
): { readonly method: string | null; readonly value: unknown } {
  if (!isDocument(spec) || Object.keys(spec).length !== 1) {
    throw new CommandError(6050200, `Exactly one of 'value' and 'method' must be specified for '${path}'`);
  }
  if (Object.hasOwn(spec, "value")) return { method: null, value: spec["value"] };
  const name = spec["method"];
  const method = typeof name === "string" && Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) throw new CommandError(6050202, "Method must be either 'locf' or 'linear'");
  return { method, value: null };
}

function partitionOf({ partitionBy, partitionByFields }: BsonDocument): unknown {
  if (partitionBy !== undefined && partitionByFields !== undefined) {
    throw new CommandError(
      6050204,
      "Maximum one of 'partitionBy' and 'partitionByFields can be specified in '$fill'",
    );
  }
  if (partitionByFields === undefined) return partitionBy;
  if (!Array.isArray(partitionByFields))
    throw new CommandError("TypeMismatch", "partitionByFields must be an array");
  return Object.fromEntries(
    partitionByFields.map((path: unknown, index) => [`p${index}`, `$${String(path)}`]),
  );
}
