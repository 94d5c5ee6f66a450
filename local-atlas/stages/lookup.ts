import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { changeAt } from "../bson/changeAt.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import { withVariables } from "../expressions/Environment.ts";
import type { Expression } from "../expressions/Expression.ts";
import { checkNewVariable, checkPath } from "../expressions/fieldPath.ts";
import { JoinIndex, valuesOfField } from "./joinKeys.ts";
import type { Flow, RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Joins another collection: by equal fields, by a pipeline, or by both. */
export const LOOKUP: StageTable = { $lookup: lookup };

const FIELDS = new Set(["from", "as", "localField", "foreignField", "let", "pipeline"]);

interface Lookup {
  readonly from: string | null;
  readonly as: readonly string[];
  readonly fields: { readonly local: string; readonly foreign: string } | null;
  readonly variables: readonly (readonly [string, Expression])[];
  readonly pipeline: readonly unknown[] | null;
}

function lookup(argument: unknown, context: StageContext): RunningStage {
  const parsed = parseLookup(argument, context);
  const run = pipelineRunner(parsed, context);
  return function* joined(input) {
    let candidates: Candidates | null = null;
    for (const document of input) {
      if (document === null) {
        yield null;
        continue;
      }
      candidates ??= yield* candidatesIn(parsed, context);
      yield* withMatches(document, parsed, run(document, candidates(document)));
    }
  };
}

/** Which foreign documents come into question for a document. */
type Candidates = (document: BsonDocument) => Flow;

/** The foreign documents are read once, when the first document comes. */
function* candidatesIn({ from, fields }: Lookup, context: StageContext): Generator<null, Candidates> {
  const all: BsonDocument[] = [];
  const index = new JoinIndex(fields?.foreign ?? "", context.environment.strings);
  for (const document of from === null ? [] : context.collection(from)) {
    yield null;
    if (document === null) continue;
    all.push(document);
    if (fields !== null) index.add(document);
  }
  if (fields === null) return () => all;
  return (document) => {
    const values = valuesOfField(document, fields.local);
    // What is missing joins what is null or missing.
    return index.find(values.length === 0 ? [null] : values);
  };
}

type Runner = (document: BsonDocument, candidates: Flow) => Flow;

/** A pipeline without variables is compiled once, another one for the values of each document. */
function pipelineRunner({ pipeline, variables }: Lookup, context: StageContext): Runner {
  if (pipeline === null) return (_document, candidates) => candidates;
  const placeholders = variables.map(([name]) => [name, null] as const);
  const compiled = context.compilePipeline(pipeline, {
    ...context,
    environment: withVariables(context.environment, placeholders),
  });
  if (variables.length === 0) return (_document, candidates) => compiled(candidates);
  return (root, candidates) => {
    const values = variables.map(([name, value]) => [name, value.evaluate({ root, bound: null })] as const);
    const environment = withVariables(context.environment, values);
    return context.compilePipeline(pipeline, { ...context, environment })(candidates);
  };
}

function* withMatches(document: BsonDocument, { as }: Lookup, found: Flow): Flow {
  const matches: BsonDocument[] = [];
  for (const match of found) {
    if (match !== null) matches.push(match);
    yield null;
  }
  const joined = changeAt(document, as, true, () => matches);
  yield isDocument(joined) ? joined : document;
}

function parseLookup(argument: unknown, context: StageContext): Lookup {
  if (!isDocument(argument)) {
    throw new CommandError(
      "FailedToParse",
      `the $lookup stage specification must be an object, but found ${typeName(argument)}`,
    );
  }
  const unknown = Object.keys(argument).find((name) => !FIELDS.has(name));
  if (unknown !== undefined)
    throw new CommandError("FailedToParse", `unknown argument to $lookup: ${unknown}`);
  const pipeline = argument["pipeline"] ?? null;
  if (pipeline !== null && !Array.isArray(pipeline)) {
    throw new CommandError("TypeMismatch", `A pipeline must be an array, but found ${typeName(pipeline)}`);
  }
  for (const stage of pipeline ?? []) checkInner(stage);
  const fields = parseFields(argument, pipeline !== null);
  if (fields !== null && pipeline === null && argument["let"] !== undefined) {
    throw new CommandError("FailedToParse", "$lookup with a 'let' argument must also specify 'pipeline'");
  }
  return {
    from: fromOf(argument["from"], pipeline),
    as: checkPath(stringField(argument, "as") ?? missing("must specify 'as' field for a $lookup")),
    fields,
    variables: parseVariables(argument["let"], context),
    pipeline,
  };
}

const FORBIDDEN = new Set(["$out", "$merge", "$changeStream", "$collStats", "$indexStats"]);

function checkInner(stage: unknown): void {
  const [name = ""] = isDocument(stage) ? Object.keys(stage) : [];
  if (FORBIDDEN.has(name))
    throw new CommandError(51047, `${name} is not allowed within a $lookup's sub-pipeline`);
}

/** A pipeline that begins with its own documents needs no collection. */
function fromOf(from: unknown, pipeline: readonly unknown[] | null): string | null {
  const first = pipeline?.[0];
  if (from === undefined && isDocument(first) && Object.hasOwn(first, "$documents")) return null;
  if (typeof from === "string" && from !== "") return from;
  return missing("must specify 'from' field for a $lookup");
}

function parseFields(argument: BsonDocument, hasPipeline: boolean): Lookup["fields"] {
  const [local, foreign] = [stringField(argument, "localField"), stringField(argument, "foreignField")];
  if (local === null && foreign === null) {
    return hasPipeline
      ? null
      : missing("$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  }
  if (local === null || foreign === null) {
    return missing("$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  }
  checkPath(local);
  checkPath(foreign);
  return { local, foreign };
}

function stringField(argument: BsonDocument, name: string): string | null {
  const value = argument[name];
  if (value === undefined) return null;
  if (typeof value === "string") return value;
  throw new CommandError(
    "FailedToParse",
    `$lookup argument '${name}' must be a string, found: ${typeName(value)}`,
  );
}

function missing(message: string): never {
  throw new CommandError("FailedToParse", message);
}

function parseVariables(given: unknown, { environment }: StageContext): Lookup["variables"] {
  if (given === undefined) return [];
  if (!isDocument(given)) {
    throw new CommandError(
      "FailedToParse",
      `$lookup argument 'let' must be an object, found: ${typeName(given)}`,
    );
  }
  return Object.entries(given).map(([name, value]) => {
    checkNewVariable(name);
    return [name, compileExpression(value, environment)];
  });
}
