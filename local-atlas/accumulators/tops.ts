import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import type { Accumulator, AccumulatorOperator } from "./Accumulator.ts";
import { compileSort } from "../bson/sortDocuments.ts";
import { countOf } from "../gatherers/countedArguments.ts";

interface Candidate {
  readonly document: BsonDocument;
  readonly value: unknown;
}

/** `$top`, `$topN`, `$bottom` and `$bottomN`: values of the documents that come first or last in an order. */
export function tops(end: "top" | "bottom", isOne: boolean): AccumulatorOperator {
  return (argument, environment, name) => {
    const { n, sortBy, output } = parseTop(argument, name, isOne);
    const compare = compileSort(sortBy, environment.strings);
    const [count, value] = [compileExpression(n, environment), compileExpression(output, environment)];
    return (group): Accumulator => {
      const size = isOne ? 1 : countOf(count.evaluate(group));
      const candidates: Candidate[] = [];
      return {
        add: (scope) => candidates.push({ document: scope.root, value: value.evaluate(scope) ?? null }),
        result: () => {
          const sorted = candidates.toSorted((left, right) => compare(left.document, right.document));
          const chosen = end === "top" ? sorted.slice(0, size) : sorted.slice(-size);
          return isOne ? chosen[0]?.value : chosen.map((candidate) => candidate.value);
        },
      };
    };
  };
}

function parseTop(argument: unknown, name: string, isOne: boolean) {
  if (!isDocument(argument)) {
    throw new CommandError(5788001, `specification must be an object; found ${name}: ${typeName(argument)}`);
  }
  const { n, sortBy, output, ...others } = argument;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined || (isOne && n !== undefined)) {
    throw new CommandError(5788002, `Unknown argument to ${name} '${unknown ?? "n"}'`);
  }
  if (!isOne && n === undefined) throw new CommandError(5788003, "Missing value for 'n'");
  if (output === undefined) throw new CommandError(5788004, "Missing value for 'output'");
  if (sortBy === undefined) throw new CommandError(5788005, "Missing value for 'sortBy'");
  if (!isDocument(sortBy)) throw new CommandError(10065, `invalid parameter: expected an object (sortBy)`);
  return { n: n ?? null, sortBy, output };
}
