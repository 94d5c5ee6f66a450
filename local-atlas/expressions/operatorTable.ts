import { ARITHMETIC } from "./arithmetic.ts";
import { ARRAY_LOOPS } from "./arrayLoops.ts";
import { ARRAYS } from "./arrays.ts";
import { BITS } from "./bits.ts";
import { COMPARISONS } from "./comparisons.ts";
import { CONDITIONALS } from "./conditionals.ts";
import { CONVERT } from "./convert.ts";
import { DATE_ARITHMETIC } from "./dateArithmetic.ts";
import { DATE_PARTS } from "./dateParts.ts";
import { DATE_TEXTS } from "./dateTexts.ts";
import { FIELDS } from "./fields.ts";
import { LOGIC } from "./logic.ts";
import { MEASURES } from "./measures.ts";
import { NUMBER_FUNCTIONS } from "./numberFunctions.ts";
import { OBJECTS } from "./objects.ts";
import type { OperatorTable } from "./Operator.ts";
import { PERCENTILES } from "./percentileOperators.ts";
import { REGEXES } from "./regexes.ts";
import { ROUNDING } from "./rounding.ts";
import { SETS } from "./sets.ts";
import { SORT_ARRAY } from "./sortArray.ts";
import { STATISTICS } from "./statistics.ts";
import { STRINGS } from "./strings.ts";
import { SUBSTRINGS } from "./substrings.ts";
import { TRIGONOMETRY } from "./trigonometry.ts";
import { TRIMMING } from "./trimming.ts";
import { VARIABLES } from "./variables.ts";
import { ZIP } from "./zip.ts";

/** All operators of expressions. Each is in the table of its family; what is in none of them is refused. */
export const OPERATORS: OperatorTable = {
  ...ARITHMETIC,
  ...ARRAY_LOOPS,
  ...ARRAYS,
  ...BITS,
  ...COMPARISONS,
  ...CONDITIONALS,
  ...CONVERT,
  ...DATE_ARITHMETIC,
  ...DATE_PARTS,
  ...DATE_TEXTS,
  ...FIELDS,
  ...LOGIC,
  ...MEASURES,
  ...NUMBER_FUNCTIONS,
  ...OBJECTS,
  ...PERCENTILES,
  ...REGEXES,
  ...ROUNDING,
  ...SETS,
  ...SORT_ARRAY,
  ...STATISTICS,
  ...STRINGS,
  ...SUBSTRINGS,
  ...TRIGONOMETRY,
  ...TRIMMING,
  ...VARIABLES,
  ...ZIP,
};

/** What the server knows and we do not: it is refused with another code than what does not exist. */
export const REFUSED: ReadonlySet<string> = new Set(["$function", "$meta", "$toHashedIndexKey"]);
