import { Aggregator } from "mingo";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { messageOf } from "./compileFilter.ts";
import { toPlain, toPlainDocument, toTypedDocument } from "./plainValues.ts";
import type { Stage, StageContext } from "./runStages.ts";

/** Stages of one document at a time: what they leave as it is keeps its type. */
const DOCUMENT_STAGES = ["$project", "$addFields", "$set", "$replaceRoot", "$replaceWith", "$redact"];

/** Stages of all documents together. */
const GROUP_STAGES = [
  "$group",
  "$sortByCount",
  "$bucket",
  "$bucketAuto",
  "$setWindowFields",
  "$densify",
  "$fill",
  "$sample",
  "$lookup",
  "$graphLookup",
  "$unionWith",
];

/** The stages that calculate: by `mingo`, on plain copies. */
export const MINGO_STAGES: Readonly<Record<string, Stage>> = Object.fromEntries([
  ...DOCUMENT_STAGES.map((name) => [name, perDocument(name)] as const),
  ...GROUP_STAGES.map((name) => [name, overAll(name)] as const),
]);

function perDocument(name: string): Stage {
  return (documents, argument, context) => {
    const aggregator = aggregatorFor(name, argument, context);
    return documents.flatMap((document) =>
      run(aggregator, [document]).map((result) => toTypedDocument(result, document)),
    );
  };
}

function overAll(name: string): Stage {
  return (documents, argument, context) =>
    run(aggregatorFor(name, argument, context), documents).map((result) => toTypedDocument(result));
}

function aggregatorFor(name: string, argument: unknown, context: StageContext): Aggregator {
  const { collection, variables } = context;
  return new Aggregator([{ [name]: toPlain(argument) }], {
    scriptEnabled: false,
    variables: toPlainDocument({ ...variables }),
    ...(collection === undefined
      ? {}
      : { collectionResolver: (other: string) => collection(other).map(toPlainDocument) }),
  });
}

/** A shallow copy of each document, since `mingo` sets fields of its inputs. */
function run(aggregator: Aggregator, documents: readonly BsonDocument[]): readonly BsonDocument[] {
  try {
    return aggregator.run<BsonDocument>(documents.map((document) => ({ ...toPlainDocument(document) })));
  } catch (error) {
    throw new CommandError("BadValue", messageOf(error), { cause: error });
  }
}
