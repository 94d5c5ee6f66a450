import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** Node modules that Atlas lists as fully supported, and that need no permission here. */
const WHOLE = new Set(
  "assert buffer events net os path punycode querystring stream string_decoder timers tls tty url zlib".split(
    " ",
  ),
);

/** Modules that Atlas has in part, and what it lacks of them. */
const PARTIAL: Readonly<Record<string, readonly string[]>> = {
  crypto: ["createDiffieHellman", "createDiffieHellmanGroup", "createECDH", "DiffieHellman", "webcrypto"],
  util: ["TextDecoder", "TextEncoder"],
};

/** What `require` answers inside a function. @throws Error for a module that is not emulated. */
export function requireAtlasModule(name: string): unknown {
  if (WHOLE.has(name)) return load(name);
  const missing = PARTIAL[name];
  if (missing) return without(load(name) as Readonly<Record<string, unknown>>, missing);
  throw new Error(`Cannot find module '${name}': the local runner does not emulate it`);
}

function without(
  module: Readonly<Record<string, unknown>>,
  missing: readonly string[],
): Readonly<Record<string, unknown>> {
  const left = new Set(missing);
  return Object.fromEntries(
    Object.keys(module)
      .filter((name) => !left.has(name))
      .map((name) => [name, module[name]]),
  );
}
