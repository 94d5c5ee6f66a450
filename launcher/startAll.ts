import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Children } from "./Children.ts";
import { descriptorLimit, streamsWithin } from "./descriptors.ts";
import type { LocalApp } from "./LocalApp.ts";
import { localSecrets, type LocalSecrets } from "./localSecrets.ts";
import { type MailCatcher, startMailCatcher } from "./mailCatcher.ts";
import { requireDatabase } from "./requireDatabase.ts";
import { requireFreePort } from "./requireFreePort.ts";
import { hostsOf, isLoopback, mailFolder, type Settings } from "./settings.ts";
import { StartError } from "./StartError.ts";
import { waitUntilReady } from "./waitUntilReady.ts";

/** As `wrangler.toml` has it. */
const MOST_STREAMS = 5_000;

/**
 * Starts the database, the Worker and the trigger runner, and resolves with the page's address when all of it works.
 * @throws StartError or DeclarationError
 */
export async function startAll(app: LocalApp, settings: Settings, children: Children): Promise<string> {
  const origin = `http://127.0.0.1:${settings.port}`;
  const secrets = await localSecrets(settings.dataDir);
  const mailer = app.sendsMails ? await startMailCatcher(mailFolder(settings)) : null;
  await requireFreePort(settings.port, "PORT");
  const [functionsDir] = await Promise.all([app.prepare(settings), startDatabase(settings, children)]);
  await Promise.all([
    startWorker(app, settings, { secrets, mailer }, children),
    settings.triggers && startTriggers(settings, secrets, origin, functionsDir, children),
  ]);
  await Promise.race([waitUntilReady(origin), children.death]);
  if (isLoopback(settings.mongodbUri)) await Promise.race([seed(app, origin), children.death]);
  return origin;
}

async function seed(app: LocalApp, origin: string): Promise<void> {
  try {
    await app.seed(origin);
  } catch (error) {
    throw new StartError(`The demo data can't be made: ${String(error)}.`);
  }
}

async function startDatabase(settings: Settings, children: Children): Promise<void> {
  if (settings.mongodbPort === null) return requireDatabase(settings.mongodbUri);
  await requireFreePort(settings.mongodbPort, "MONGODB_PORT");
  await children.start("database", new URL("../local-atlas/main.ts", import.meta.url), {
    MONGODB_PORT: String(settings.mongodbPort),
    DATA_DIR: join(settings.dataDir, "database"),
  });
}

function startWorker(
  app: LocalApp,
  settings: Settings,
  { secrets, mailer }: { readonly secrets: LocalSecrets; readonly mailer: MailCatcher | null },
  children: Children,
): Promise<void> {
  return children.start("worker", new URL("workerProcess.ts", import.meta.url), {
    WORKER_SETTINGS: JSON.stringify({
      worker: app.worker,
      port: settings.port,
      stateDir: join(settings.dataDir, "worker"),
      vars: {
        HEARTBEAT_SECONDS: String(settings.heartbeatSeconds),
        RECONCILE_SECONDS: String(settings.reconcileSeconds),
        ALLOWED_ORIGINS: settings.allowedOrigins,
        ...streamLimit(),
        // Who tries it out need not look for mails first.
        ...(mailer && { MAILER_URL: mailer.url, VERIFY_EMAIL: "off" }),
        ...(isLoopback(settings.mongodbUri) && app.demoVars),
      },
      secrets: {
        ...secrets,
        MONGODB_URI: settings.mongodbUri,
        ...(mailer && { MAILER_TOKEN: mailer.token }),
      },
    }),
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_LOG: "error",
    WRANGLER_LOG_PATH: join(settings.dataDir, "logs"),
    // It would ask a server on the internet where this laptop is.
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  });
}

/** A hub refuses streams that the runtime would die of. */
function streamLimit(): Readonly<Record<string, string>> {
  const most = streamsWithin(descriptorLimit());
  return most === null || most >= MOST_STREAMS ? {} : { MAX_STREAMS_PER_HUB: String(most) };
}

function startTriggers(
  settings: Settings,
  secrets: LocalSecrets,
  origin: string,
  functionsDir: string,
  children: Children,
): Promise<void> {
  return children.start("triggers", new URL("../trigger-runner/main.ts", import.meta.url), {
    MONGODB_URI: settings.mongodbUri,
    FUNCTIONS_DIR: functionsDir,
    TRIGGER_STATE_DIR: join(settings.dataDir, "triggers", sourceOf(settings)),
    TRIGGER_VALUES: JSON.stringify({
      hookUrl: `${origin}/api/hooks/atlas`,
      hookSecret: secrets.ATLAS_HOOK_SECRET,
    }),
  });
}

/** Names a database on disk: a place in the stream of one means nothing to another. */
function sourceOf(settings: Settings): string {
  if (settings.mongodbPort !== null) return "local";
  return createHash("sha256").update(hostsOf(settings.mongodbUri)).digest("hex").slice(0, 16);
}
