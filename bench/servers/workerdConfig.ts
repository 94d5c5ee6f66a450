import type { Unstable_Config } from "wrangler";

/**
 * A runtime configuration in Cap'n Proto's text form for a Worker as wrangler's configuration describes it.
 * @param values Variables and secrets, over those of the configuration.
 */
export function workerdConfig(config: Unstable_Config, values: Readonly<Record<string, string>>): string {
  const texts = { ...config.vars, ...values };
  const bindings = [
    ...config.durable_objects.bindings.map(
      ({ name, class_name: className }) =>
        `(name = ${quote(name)}, durableObjectNamespace = ${quote(className)})`,
    ),
    ...Object.entries(texts).map(
      ([name, value]) => `(name = ${quote(name)}, text = ${quote(String(value))})`,
    ),
    ...(config.version_metadata
      ? [`(name = ${quote(config.version_metadata.binding)}, json = "{\\"id\\":\\"bench\\"}")`]
      : []),
    ...(config.ratelimits ?? []).map(({ name }) => `(name = ${quote(name)}, service = "ratelimit")`),
  ];
  const namespaces = config.durable_objects.bindings.map(
    ({ class_name: name }) => `(className = ${quote(name)}, uniqueKey = ${quote(name)}, enableSql = true)`,
  );
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "ratelimit", worker = .ratelimit),
    (name = "disk", disk = (path = "", writable = true)),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "index.js", esModule = embed "index.js")],
  compatibilityDate = ${quote(config.compatibility_date ?? "")},
  compatibilityFlags = [${config.compatibility_flags.map(quote).join(", ")}],
  bindings = [${bindings.join(", ")}],
  durableObjectNamespaces = [${namespaces.join(", ")}],
  durableObjectStorage = (localDisk = "disk"),
);
const ratelimit :Workerd.Worker = (
  modules = [(name = "index.js", esModule = ${quote(NO_LIMIT)})],
  compatibilityDate = ${quote(config.compatibility_date ?? "")},
);
`;
}

/** Stands in for the platform's rate limit, which workerd itself does not have. */
const NO_LIMIT = `import { WorkerEntrypoint } from "cloudflare:workers";
export default class extends WorkerEntrypoint { limit() { return { success: true }; } }`;

/** Cap'n Proto's text has the escapes of JSON. */
function quote(text: string): string {
  return JSON.stringify(text);
}
