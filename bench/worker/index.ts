import type { BareHub } from "./BareHub.ts";

export { BareHub } from "./BareHub.ts";

interface Environment {
  readonly HUBS: DurableObjectNamespace<BareHub>;
}

/** Passes everything on to the one hub, as the real Worker does with the streams of one plan. */
export default {
  fetch: (request, env) => env.HUBS.getByName(new URL(request.url).pathname).fetch(request),
} satisfies ExportedHandler<Environment>;
