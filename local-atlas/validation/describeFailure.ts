import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { splitPath, valueAt } from "../bson/paths.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { isOperatorDocument } from "../query/isOperatorDocument.ts";
import { failedRules } from "./jsonSchema.ts";

/** The `details` by which a client finds out what a document lacks, in the words of the server. */
export function describeFailure(validator: BsonDocument, document: BsonDocument): BsonDocument {
  const failed = Object.entries(validator).filter(
    ([name, condition]) => !compileFilter({ [name]: condition })(document),
  );
  const [first] = failed;
  if (first === undefined) return {};
  if (failed.length === 1 && Object.keys(validator).length === 1)
    return describeOne(first[0], first[1], document);
  return {
    operatorName: "$and",
    clausesNotSatisfied: failed.map(([name, condition]) => ({
      index: Object.keys(validator).indexOf(name),
      details: describeOne(name, condition, document),
    })),
  };
}

function describeOne(name: string, condition: unknown, document: BsonDocument): BsonDocument {
  if (name === "$jsonSchema" && isDocument(condition))
    return { operatorName: "$jsonSchema", schemaRulesNotSatisfied: failedRules(condition, document) };
  if (name.startsWith("$")) return { operatorName: name, specifiedAs: { [name]: condition } };
  const [operator = "$eq"] = isOperatorDocument(condition) ? Object.keys(condition) : [];
  return {
    operatorName: operator,
    specifiedAs: { [name]: condition },
    ...reason(valueAt(document, splitPath(name))),
  };
}

function reason(value: unknown): BsonDocument {
  if (value === undefined) return { reason: "field was missing" };
  return { reason: "comparison failed", consideredValue: value };
}
