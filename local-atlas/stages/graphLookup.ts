import { Long } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { changeAt } from "../bson/changeAt.ts";
import { isNumeric, toInt64 } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import { checkPath } from "../expressions/fieldPath.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { mapping } from "./flows.ts";
import { JoinIndex, valuesOfField } from "./joinKeys.ts";
import type { RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Follows references from document to document. */
export const GRAPH_LOOKUP: StageTable = { $graphLookup: graphLookup };

const STRINGS = ["from", "as", "connectFromField", "connectToField"] as const;
const FIELDS = new Set<string>([
  ...STRINGS,
  "startWith",
  "maxDepth",
  "depthField",
  "restrictSearchWithMatch",
]);

interface GraphLookup {
  readonly from: string;
  readonly as: readonly string[];
  readonly connectFrom: string;
  readonly connectTo: string;
  readonly startWith: unknown;
  readonly maxDepth: number;
  readonly depthField: readonly string[] | null;
  readonly restriction: BsonDocument;
}

function graphLookup(argument: unknown, context: StageContext): RunningStage {
  const parsed = parseGraphLookup(argument);
  const { environment } = context;
  const start = compileExpression(parsed.startWith, environment);
  const isAllowed = compileFilter(parsed.restriction, environment);
  return function* followed(input) {
    const index = new JoinIndex(parsed.connectTo, environment.strings);
    for (const document of context.collection(parsed.from)) {
      if (document !== null && isAllowed(document)) index.add(document);
      yield null;
    }
    const stage = mapping((root) => {
      const value = start.evaluate({ root, bound: null }) ?? null;
      const found = follow(index, Array.isArray(value) ? value : [value], parsed);
      const joined = changeAt(root, parsed.as, true, () => found);
      return isDocument(joined) ? joined : root;
    });
    yield* stage(input);
  };
}

function follow(index: JoinIndex, start: readonly unknown[], parsed: GraphLookup): readonly BsonDocument[] {
  const depths = new Map<BsonDocument, number>();
  let frontier = start;
  for (let depth = 0; frontier.length > 0 && depth <= parsed.maxDepth; depth++) {
    const fresh = index.find(frontier).filter((document) => !depths.has(document));
    for (const document of fresh) depths.set(document, depth);
    frontier = fresh.flatMap((document) => valuesOfField(document, parsed.connectFrom));
  }
  return [...depths].map(([document, depth]) => withDepth(document, depth, parsed.depthField));
}

function withDepth(document: BsonDocument, depth: number, field: readonly string[] | null): BsonDocument {
  if (field === null) return document;
  const marked = changeAt(document, field, true, () => Long.fromNumber(depth));
  return isDocument(marked) ? marked : document;
}

function parseGraphLookup(argument: unknown): GraphLookup {
  if (!isDocument(argument)) {
    throw new CommandError(40327, "the $graphLookup stage specification must be an object");
  }
  const unknown = Object.keys(argument).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw new CommandError(40104, `Unknown argument to $graphLookup: ${unknown}`);
  const [from, as, connectFrom, connectTo] = STRINGS.map((name) => requiredString(argument, name));
  if (argument["startWith"] === undefined) throw incomplete();
  const { depthField, restrictSearchWithMatch: restriction = {} } = argument;
  if (depthField !== undefined && typeof depthField !== "string") {
    throw new CommandError(40103, "expected string as argument for 'depthField'");
  }
  if (!isDocument(restriction)) throw new CommandError(40185, "restrictSearchWithMatch must be an object");
  return {
    from: from ?? "",
    as: checkPath(as ?? ""),
    connectFrom: connectFrom ?? "",
    connectTo: connectTo ?? "",
    startWith: argument["startWith"],
    maxDepth: maxDepthOf(argument["maxDepth"]),
    depthField: depthField === undefined ? null : checkPath(depthField),
    restriction,
  };
}

function requiredString(argument: BsonDocument, name: string): string {
  const value = argument[name];
  if (value === undefined) throw incomplete();
  if (typeof value === "string") return value;
  throw new CommandError(40103, `expected string as argument for '${name}'`);
}

function incomplete(): CommandError {
  return new CommandError(
    40105,
    "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
  );
}

function maxDepthOf(value: unknown): number {
  if (value === undefined) return Infinity;
  if (!isNumeric(value)) throw new CommandError(40100, "maxDepth must be numeric");
  const depth = toInt64(value);
  if (depth === null) throw new CommandError(40102, "maxDepth could not be represented as a long long");
  if (depth < 0n) throw new CommandError(40101, "maxDepth requires a nonnegative argument");
  return Number(depth);
}
