import { createTestHarness, type TestHarness } from "wrangler";

import { startServer } from "../../local-atlas/server.ts";

/** Secrets of the test stack; they guard nothing. */
export const TEST_SECRETS = {
  ATLAS_HOOK_SECRET: "test-hook-secret",
  SESSION_SECRET: "test-session-secret",
  METRICS_TOKEN: "test-metrics-token",
  ADMIN_TOKEN: "test-admin-token",
} as const;

interface StackOptions {
  /** Overrides of wrangler.toml's variables. */
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** A database that runs already. Without it the stack starts its own, in memory. */
  readonly mongoUri?: string;
  /** The Worker's configuration, when it is not the project's own. */
  readonly configPath?: string;
}

/** The database, the Worker and its Durable Objects, on real sockets. */
export interface Stack {
  /** The page's address, without a slash at its end. */
  readonly url: string;
  readonly mongoUri: string;
  readonly harness: TestHarness;
  stop(): Promise<void>;
}

/** Starts a stack of its own for a test file. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const database = options.mongoUri ? null : await startServer({ port: 0, dataDir: null });
  const mongoUri = options.mongoUri ?? `mongodb://127.0.0.1:${database?.port}/mealcast?replicaSet=rs0`;
  const harness = createTestHarness({
    root: new URL("../..", import.meta.url).pathname,
    workers: [
      {
        configPath: options.configPath ?? "wrangler.toml",
        vars: { ...options.vars },
        secrets: { ...TEST_SECRETS, MONGODB_URI: mongoUri, ...options.secrets },
      },
    ],
  });
  const { url } = await harness.listen();
  return {
    url: url.origin,
    mongoUri,
    harness,
    async stop() {
      await harness.close();
      await database?.close();
    },
  };
}
