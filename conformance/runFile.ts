import { MongoClient } from "mongodb";
import { startServer } from "../local-atlas/server.ts";
import { Unsupported } from "./Mismatch.ts";
import { type ServerFacts, unmetRequirements } from "./requirements.ts";
import { runTest } from "./runTest.ts";
import type { Test, TestFile } from "./testFile.ts";

/** What became of a test, and why. */
export interface TestResult {
  readonly description: string;
  readonly status: "passed" | "failed" | "skipped";
  /** `null` for a test that passed. */
  readonly reason: string | null;
}

/** Runs every test of a file against an emulator of its own, which holds its data in memory. */
export async function runFile(file: TestFile): Promise<readonly TestResult[]> {
  const server = await startServer({ port: 0, dataDir: null });
  const uri = `mongodb://127.0.0.1:${server.port}/?replicaSet=rs0`;
  const internal = await MongoClient.connect(uri);
  try {
    const facts = await factsOf(internal);
    const results: TestResult[] = [];
    for (const test of file.tests) results.push(await judge(uri, internal, facts, file, test));
    return results;
  } finally {
    await internal.close();
    await server.close();
  }
}

async function factsOf(client: MongoClient): Promise<ServerFacts> {
  const admin = client.db("admin");
  const { version } = await admin.command({ buildInfo: 1 });
  const { ok: _ok, $clusterTime: _clusterTime, ...parameters } = await admin.command({ getParameter: "*" });
  return { version: String(version), topology: "replicaset", parameters };
}

async function judge(
  uri: string,
  internal: MongoClient,
  facts: ServerFacts,
  file: TestFile,
  test: Test,
): Promise<TestResult> {
  const { description } = test;
  const skipped = skipReason(facts, file, test);
  if (skipped !== null) return { description, status: "skipped", reason: skipped };
  try {
    await runTest(uri, internal, file, test);
    return { description, status: "passed", reason: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { description, status: error instanceof Unsupported ? "skipped" : "failed", reason };
  }
}

function skipReason(facts: ServerFacts, file: TestFile, test: Test): string | null {
  const unmet =
    unmetRequirements(facts, file.runOnRequirements) ?? unmetRequirements(facts, test.runOnRequirements);
  if (unmet !== null) return unmet;
  if (test.skipReason !== undefined) return `the file says: ${test.skipReason}`;
  if (test.expectLogMessages !== undefined) return "looks at log messages";
  return test.expectTracingMessages === undefined ? null : "looks at traces";
}
