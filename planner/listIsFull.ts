import { QUOTAS } from "../protocol/quotas.ts";

/** How a full list refuses one more. */
export const LIST_IS_FULL = `A shopping list has at most ${QUOTAS.linesOfHousehold} lines`;
