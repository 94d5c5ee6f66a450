import { MongoBulkWriteError, MongoClientBulkWriteError, MongoError, MongoServerError } from "mongodb";
import type { Entities } from "./Entities.ts";
import { matchValue } from "./matchValue.ts";
import { Mismatch } from "./Mismatch.ts";
import type { ExpectedError } from "./testFile.ts";

type Check = (error: Error, expected: ExpectedError, entities: Entities) => void;

/** Throws `Mismatch` unless an error is as expected. */
export function matchError(expected: ExpectedError, thrown: unknown, entities: Entities): void {
  if (!(thrown instanceof Error)) throw new Mismatch(`an error must be thrown, not ${String(thrown)}`);
  for (const check of CHECKS) check(thrown, expected, entities);
}

const CHECKS: readonly Check[] = [
  (error, { isClientError: wanted }) => {
    if (wanted !== undefined && wanted === error instanceof MongoServerError)
      throw new Mismatch(`the error must be the ${wanted ? "client" : "server"}'s: ${error.message}`);
  },
  (error, { isTimeoutError: wanted }) => {
    if (wanted !== undefined && wanted !== (error.name === "MongoOperationTimeoutError"))
      throw new Mismatch(`the error must ${wanted ? "" : "not "}be a timeout: ${error.message}`);
  },
  (error, { errorContains: part }) => {
    if (part !== undefined && !error.message.toLowerCase().includes(part.toLowerCase()))
      throw new Mismatch(`the error must say "${part}", not "${error.message}"`);
  },
  (error, { errorCode: code }) => {
    if (code !== undefined && codeOf(error) !== code)
      throw new Mismatch(`the error's code must be ${code}, not ${String(codeOf(error))}: ${error.message}`);
  },
  (error, { errorCodeName: name }) => {
    if (name !== undefined && field(error, "codeName") !== name)
      throw new Mismatch(
        `the error must be ${name}, not ${String(field(error, "codeName"))}: ${error.message}`,
      );
  },
  (error, { errorLabelsContain: labels = [] }) => {
    const missing = labels.filter((label) => !hasLabel(error, label));
    if (missing.length > 0)
      throw new Mismatch(`the error lacks the label ${missing.join()}: ${error.message}`);
  },
  (error, { errorLabelsOmit: labels = [] }) => {
    const extra = labels.filter((label) => hasLabel(error, label));
    if (extra.length > 0)
      throw new Mismatch(`the error must not have the label ${extra.join()}: ${error.message}`);
  },
  (error, { errorResponse: response }, entities) => {
    if (response !== undefined) matchPart(response, field(error, "errorResponse"), "errorResponse", entities);
  },
  (error, { writeErrors: errors }, entities) => {
    if (errors !== undefined) matchPart(errors, field(error, "writeErrors"), "writeErrors", entities);
  },
  (error, { writeConcernErrors: errors }, entities) => {
    if (errors !== undefined)
      matchPart(errors, field(error, "writeConcernErrors"), "writeConcernErrors", entities);
  },
  (error, { expectResult: result }, entities) => {
    if (result !== undefined) matchPart(result, partialResult(error), "result", entities);
  },
];

function matchPart(expected: unknown, actual: unknown, path: string, entities: Entities): void {
  matchValue(expected, actual, entities, { path, isRoot: true });
}

/** A bulk write reports the code of its first failed write; a failed write concern has its own. */
function codeOf(error: Error): unknown {
  return field(error, "code");
}

function hasLabel(error: Error, label: string): boolean {
  return error instanceof MongoError && error.hasErrorLabel(label);
}

/** What a bulk write had done before it failed. */
function partialResult(error: Error): unknown {
  if (error instanceof MongoBulkWriteError) return error.result;
  return error instanceof MongoClientBulkWriteError ? error.partialResult : undefined;
}

function field(error: Error, name: string): unknown {
  return name in error ? (error as unknown as Readonly<Record<string, unknown>>)[name] : undefined;
}
