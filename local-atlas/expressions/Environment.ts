import { Timestamp } from "bson";
import { compareStrings, type StringOrder } from "../bson/compareStrings.ts";

/** What every expression of one command may read beside the document. */
export interface Environment {
  /** `$$NOW`: the same moment for the whole command. */
  readonly now: Date;
  /** `$$CLUSTER_TIME`. */
  readonly clusterTime: Timestamp;
  /** `let` of the command or of a `$lookup`, with its values. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** The order of strings: that of their bytes, or of a collation. */
  readonly strings: StringOrder;
}

/** For filters that no command brings: of an index or an array filter. */
export const BARE_ENVIRONMENT: Environment = {
  now: new Date(0),
  clusterTime: new Timestamp(0n),
  variables: new Map(),
  strings: compareStrings,
};

/** The environment with further variables, or the same ones with new values. */
export function withVariables(
  environment: Environment,
  more: Iterable<readonly [string, unknown]>,
): Environment {
  return { ...environment, variables: new Map([...environment.variables, ...more]) };
}
