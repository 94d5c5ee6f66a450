import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { Passkey } from "../../protocol/user.ts";
import { addPasskey, fetchCreationOptions, fetchRequestOptions } from "../api/passkeys.ts";
import type { Failure, Result } from "../api/request.ts";

const REFUSED: Failure = {
  code: "device",
  message: "This device did not do it. Nothing has changed; try again, or use your password.",
  fields: [],
};

/** Browsers take passkeys for names like `example.com`, and not for addresses like 127.0.0.1. */
export function canHavePasskeys(): boolean {
  const isNumber = /^[\d.]+$|:/.test(location.hostname);
  return !isNumber && "PublicKeyCredential" in globalThis;
}

/** Lets the browser make a passkey, and keeps it with the account. */
export async function createPasskey(name: string): Promise<Result<Passkey>> {
  const options = await fetchCreationOptions();
  if (!options.ok) return options;
  const { startRegistration } = await import("@simplewebauthn/browser");
  const optionsJSON = options.value as PublicKeyCredentialCreationOptionsJSON;
  const response = await onDevice(startRegistration({ optionsJSON }));
  return response.ok ? addPasskey(name, response.value) : response;
}

/**
 * Lets the browser sign a request with one of its passkeys.
 * @param quietly offers them among what the field for the email suggests, and waits until one is chosen.
 */
export async function askPasskey(quietly: boolean): Promise<Result<unknown>> {
  const { browserSupportsWebAuthnAutofill, startAuthentication } = await import("@simplewebauthn/browser");
  if (quietly && !(await browserSupportsWebAuthnAutofill())) return { ok: false, failure: REFUSED };
  const options = await fetchRequestOptions();
  if (!options.ok) return options;
  const optionsJSON = options.value as PublicKeyCredentialRequestOptionsJSON;
  return onDevice(startAuthentication({ optionsJSON, useBrowserAutofill: quietly }));
}

/** Whoever cancels, waits too long or has no passkey is told nothing more by the browser. */
function onDevice(ceremony: Promise<unknown>): Promise<Result<unknown>> {
  return ceremony.then(
    (value) => ({ ok: true, value }) as const,
    () => ({ ok: false, failure: REFUSED }) as const,
  );
}
