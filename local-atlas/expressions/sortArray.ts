import { isDocument, type BsonDocument } from "../bson/BsonDocument.ts";
import { compareValues } from "../bson/compareValues.ts";
import { toInteger } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileSort } from "../bson/sortDocuments.ts";
import { arrayOr } from "./arrays.ts";
import { type Expression, folded } from "./Expression.ts";
import { fieldsOf } from "./namedArguments.ts";
import type { CompileContext, OperatorTable } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** Sorting of an array by its elements or by their fields. */
export const SORT_ARRAY: OperatorTable = { $sortArray: sortArray };

const SHAPE = {
  notAnObject: 2942500,
  unknown: 2942501,
  required: { input: 2942502, sortBy: 2942503 },
  optional: [],
} as const;

function sortArray(argument: unknown, context: CompileContext, name: string): Expression {
  const { input, sortBy } = fieldsOf(argument, name, SHAPE);
  const compare = comparator(sortBy, context);
  const array = context.compile(input, context);
  return folded({
    isConstant: array.isConstant,
    evaluate: (scope) => {
      const items = array.evaluate(scope);
      if (isNullish(items)) return null;
      const message = "The input argument to $sortArray must be an array, but was of type: ";
      return arrayOr(items, 2942504, message).toSorted(compare);
    },
  });
}

function comparator(
  sortBy: unknown,
  { environment: { strings } }: CompileContext,
): (left: unknown, right: unknown) => number {
  if (isDocument(sortBy)) {
    const compare = compileSort(sortBy, strings);
    return (left, right) => compare(asDocument(left), asDocument(right));
  }
  const direction = toInteger(sortBy);
  if (direction !== 1 && direction !== -1) {
    throw new CommandError(2942506, "The $sort element value must be either 1 or -1");
  }
  return (left, right) => compareValues(left, right, strings) * direction;
}

/** What is no document has none of the fields. */
function asDocument(value: unknown): BsonDocument {
  return isDocument(value) ? value : {};
}
