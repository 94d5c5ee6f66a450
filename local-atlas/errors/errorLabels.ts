/** Codes after which the same command may succeed: the member has stepped down, shuts down or cannot be reached. */
const RETRYABLE_CODES: ReadonlyMap<number, string> = new Map([
  [6, "HostUnreachable"],
  [7, "HostNotFound"],
  [89, "NetworkTimeout"],
  [91, "ShutdownInProgress"],
  [189, "PrimarySteppedDown"],
  [262, "ExceededTimeLimit"],
  [358, "InternalTransactionNotSupported"],
  [9001, "SocketException"],
  [10107, "NotWritablePrimary"],
  [11600, "InterruptedAtShutdown"],
  [11602, "InterruptedDueToReplStateChange"],
  [13435, "NotPrimaryNoSecondaryOk"],
  [13436, "NotPrimaryOrSecondary"],
]);

/** Codes after which a whole transaction may succeed. */
const TRANSIENT_CODES: ReadonlyMap<number, string> = new Map([
  [24, "LockTimeout"],
  [112, "WriteConflict"],
  [239, "SnapshotTooOld"],
  [246, "SnapshotUnavailable"],
  [251, "NoSuchTransaction"],
  [267, "PreparedTransactionInProgress"],
]);

/** Names of codes that this server only gives when a fail point asks for them. */
const OTHER_NAMES: ReadonlyMap<number, string> = new Map([
  [1, "InternalError"],
  [8, "UnknownError"],
  [11, "UserNotFound"],
  [13, "Unauthorized"],
  [43, "CursorNotFound"],
  [50, "MaxTimeMSExpired"],
  [63, "StaleShardVersion"],
  [64, "WriteConcernFailed"],
  [79, "UnknownReplWriteConcern"],
  [96, "OperationFailed"],
  [100, "UnsatisfiableWriteConcern"],
  [133, "FailedToSatisfyReadPreference"],
  [134, "ReadConcernMajorityNotAvailableYet"],
  [136, "CappedPositionLost"],
  [150, "StaleEpoch"],
  [175, "QueryPlanKilled"],
  [222, "CloseChangeStream"],
  [234, "RetryChangeStream"],
  [237, "CursorKilled"],
  [280, "ChangeStreamFatalError"],
  [286, "ChangeStreamHistoryLost"],
  [13388, "StaleConfig"],
  [11601, "Interrupted"],
]);

/** How a command came. */
export interface LabelContext {
  readonly inTransaction: boolean;
  /** `commitTransaction` or `abortTransaction`. */
  readonly endsTransaction: boolean;
  /** A numbered write outside of a transaction. */
  readonly isRetryableWrite: boolean;
}

/** The labels that the server gives an error, by which drivers decide what they try again. */
export function labelsOf(code: number, context: LabelContext): readonly string[] {
  if (context.endsTransaction) {
    if (isRetryableCode(code)) return ["RetryableWriteError"];
    return code === 251 ? ["TransientTransactionError"] : [];
  }
  if (context.inTransaction) {
    return TRANSIENT_CODES.has(code) || isRetryableCode(code) ? ["TransientTransactionError"] : [];
  }
  return context.isRetryableWrite && isRetryableCode(code) ? ["RetryableWriteError"] : [];
}

/** True when a command that failed so may be tried again. */
export function isRetryableCode(code: number): boolean {
  return RETRYABLE_CODES.has(code);
}

/** The server's name of a code. */
export function codeNameOf(code: number): string {
  return RETRYABLE_CODES.get(code) ?? TRANSIENT_CODES.get(code) ?? OTHER_NAMES.get(code) ?? `Location${code}`;
}
