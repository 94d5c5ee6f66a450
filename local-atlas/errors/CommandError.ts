/** The server's error codes that we answer with, by their names. */
const ERROR_CODES = {
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Unauthorized: 13,
  InvalidLength: 16,
  AuthenticationFailed: 18,
  Overflow: 15,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  CannotCreateIndex: 67,
  ConflictingUpdateOperators: 40,
  DollarPrefixedFieldName: 52,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CursorNotFound: 43,
  NoMatchingDocument: 47,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  CommandNotFound: 59,
  ImmutableField: 66,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  UnknownReplWriteConcern: 79,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CommandFailed: 125,
  UnsatisfiableWriteConcern: 100,
  WriteConflict: 112,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  InvalidResumeToken: 260,
  ViewDepthLimitExceeded: 165,
  CommandNotSupportedOnView: 166,
  OptionNotSupportedOnView: 167,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  FailPointSetFailed: 196,
  InvalidIndexSpecificationOption: 197,
  TransactionTooOld: 225,
  MaxSubPipelineDepthExceeded: 232,
  NotImplemented: 238,
  SnapshotTooOld: 239,
  ConversionFailure: 241,
  SnapshotUnavailable: 246,
  NoSuchTransaction: 251,
  TransactionCommitted: 256,
  OperationNotSupportedInTransaction: 263,
  ChangeStreamFatalError: 280,
  ChangeStreamHistoryLost: 286,
  CannotConvertIndexToUnique: 359,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  Interrupted: 11601,
  OutNeedsName: 16990,
  MergeStageNoMatchingDocument: 13113,
  MergeNeedsObject: 51182,
  MergeNeedsUniqueIndex: 51183,
  MergeOnMissing: 51132,
  MisplacedOutput: 40601,
  MalformedStage: 40323,
  UnknownStage: 40324,
  MissingField: 40414,
  UnknownField: 40415,
} as const;

/** The name by which we raise an error. */
export type ErrorName = keyof typeof ERROR_CODES;

/** The server gives these other names. */
const NAMED_LOCATION: Partial<Record<ErrorName, string>> = {
  OutNeedsName: "Location16990",
  MergeNeedsObject: "Location51182",
  MergeNeedsUniqueIndex: "Location51183",
  MergeOnMissing: "Location51132",
  MisplacedOutput: "Location40601",
  MalformedStage: "Location40323",
  UnknownStage: "Location40324",
  MissingField: "IDLFailedToParse",
  UnknownField: "IDLUnknownField",
};

/** A command that was refused or failed: what the client gets as `{ok: 0, errmsg, code, codeName}`. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly labels: readonly string[];
  /** Further fields of the answer, like `keyPattern` of a duplicate key. */
  readonly details: Readonly<Record<string, unknown>>;

  /** `name` is a number where the server has none but that of the place in its source. */
  constructor(
    name: ErrorName | number,
    message: string,
    more: {
      readonly labels?: readonly string[];
      readonly details?: Readonly<Record<string, unknown>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "CommandError";
    this.code = typeof name === "number" ? name : ERROR_CODES[name];
    this.codeName = typeof name === "number" ? `Location${name}` : (NAMED_LOCATION[name] ?? name);
    this.labels = more.labels ?? [];
    this.details = more.details ?? {};
  }
}
