import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { documentOf } from "../bson/orderedDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileWithin } from "../expressions/compileExpression.ts";
import { withVariables } from "../expressions/Environment.ts";
import { bind, type Expression, type Scope } from "../expressions/Expression.ts";
import { mapping } from "./flows.ts";
import type { RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Leaves out parts of documents by what they hold. */
export const REDACT: StageTable = { $redact: redact };

/** The three answers; a document has no such values. */
const [KEEP, PRUNE, DESCEND] = [Symbol("KEEP"), Symbol("PRUNE"), Symbol("DESCEND")];

function redact(argument: unknown, context: StageContext): RunningStage {
  const environment = withVariables(context.environment, [
    ["KEEP", KEEP],
    ["PRUNE", PRUNE],
    ["DESCEND", DESCEND],
  ]);
  const decide = compileWithin(argument, environment, new Set(["CURRENT"]));
  return mapping((root) => redacted(root, decide, { root, bound: null }));
}

/** The document without what is pruned; `null` when it is pruned itself. */
function redacted(document: BsonDocument, decide: Expression, scope: Scope): BsonDocument | null {
  const decision = decide.evaluate(bind(scope, "CURRENT", document));
  if (decision === KEEP) return document;
  if (decision === PRUNE) return null;
  if (decision !== DESCEND) {
    throw new CommandError(
      17053,
      "$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE",
    );
  }
  return documentOf(
    Object.entries(document).map(([name, value]) => [name, redactedIn(value, decide, scope)]),
  );
}

function redactedIn(value: unknown, decide: Expression, scope: Scope): unknown {
  if (value === null) return null;
  if (isDocument(value)) return redacted(value, decide, scope) ?? undefined;
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => redactedIn(item, decide, scope)).filter((item) => item !== undefined);
}
