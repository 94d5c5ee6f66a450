import { Int32 } from "bson";
import { compareValues } from "../bson/compareValues.ts";
import { operands, type Operator, type OperatorTable } from "./Operator.ts";

/** Comparison of any two values: a missing field is less than null, and types have an order. */
export const COMPARISONS: OperatorTable = {
  $eq: compares((order) => order === 0),
  $ne: compares((order) => order !== 0),
  $gt: compares((order) => order > 0),
  $gte: compares((order) => order >= 0),
  $lt: compares((order) => order < 0),
  $lte: compares((order) => order <= 0),
  $cmp: compares((order) => new Int32(Math.sign(order))),
};

function compares(answer: (order: number) => unknown): Operator {
  return operands(2, 2, ([left, right], { environment }) =>
    answer(compareValues(left, right, environment.strings)),
  );
}
