import { Aggregator } from "mingo/aggregator";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { messageOf } from "./compileFilter.ts";
import { PIPELINE_CONTEXT } from "./mingoContext.ts";
import { toPlain, toPlainDocument, toTypedDocument } from "./plainValues.ts";
import { inOrderOf } from "./projectDocument.ts";
import type { Stage, StageContext } from "./runStages.ts";

/** Stages of one document at a time: what they leave as it is keeps its type. */
const DOCUMENT_STAGES = ["$project", "$replaceRoot", "$replaceWith", "$redact"];

/** Stages of all documents together. */
const GROUP_STAGES = [
  "$group",
  "$sortByCount",
  "$setWindowFields",
  "$densify",
  "$fill",
  "$sample",
  "$lookup",
  "$graphLookup",
  "$unionWith",
];

const SCRIPTS = new Set(["$function", "$accumulator", "$where"]);

/** The stages that calculate: by `mingo`, on plain copies. */
export const MINGO_STAGES: Readonly<Record<string, Stage>> = Object.fromEntries([
  ...DOCUMENT_STAGES.map((name) => [name, perDocument(name)] as const),
  ...GROUP_STAGES.map((name) => [name, overAll(name)] as const),
]);

function perDocument(name: string): Stage {
  return (documents, argument, context) => {
    const aggregator = aggregatorFor(name, argument, context);
    return documents.flatMap((document) =>
      run(aggregator, [document]).map((result) => {
        const typed = toTypedDocument(result, document);
        return name === "$project" && isDocument(argument) ? inOrderOf(typed, document, argument) : typed;
      }),
    );
  };
}

function overAll(name: string): Stage {
  return (documents, argument, context) =>
    run(aggregatorFor(name, argument, context), documents).map((result) => toTypedDocument(result));
}

function aggregatorFor(name: string, argument: unknown, context: StageContext): Aggregator {
  const { collection, variables } = context;
  if (runsScripts(argument)) {
    throw new CommandError("NotImplemented", "JavaScript in an aggregation is not supported by this server");
  }
  return new Aggregator([{ [name]: toPlain(argument) }], {
    context: PIPELINE_CONTEXT,
    // `mingo` builds its windows with functions of its own.
    scriptEnabled: name === "$setWindowFields",
    variables: toPlainDocument({ ...variables }),
    ...(collection === undefined
      ? {}
      : { collectionResolver: (other: string) => collection(other).map(toPlainDocument) }),
  });
}

/** A shallow copy of each document, since `mingo` sets fields of its inputs. */
function run(aggregator: Aggregator, documents: readonly BsonDocument[]): readonly BsonDocument[] {
  try {
    const copies = documents.map((document) => ({ ...toPlainDocument(document) }));
    // `$redact` leaves a hole for what it prunes.
    return aggregator.run<BsonDocument>(copies).filter(isDocument);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const message = messageOf(error);
    const [, unknown] = /^accumulator '(.+)' is not registered/.exec(message) ?? [];
    if (unknown === undefined) throw new CommandError("BadValue", message, { cause: error });
    throw new CommandError("InvalidPipelineOperator", `Unrecognized expression '${unknown}'`, {
      cause: error,
    });
  }
}

function runsScripts(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(runsScripts);
  if (!isDocument(value)) return false;
  return Object.entries(value).some(([name, inner]) => SCRIPTS.has(name) || runsScripts(inner));
}
