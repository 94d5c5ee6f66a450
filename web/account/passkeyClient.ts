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

/** Lets the browser sign a request with one of its passkeys. */
export async function askPasskey(): Promise<Result<unknown>> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const options = await fetchRequestOptions();
  if (!options.ok) return options;
  const optionsJSON = options.value as PublicKeyCredentialRequestOptionsJSON;
  return onDevice(startAuthentication({ optionsJSON }));
}

/**
 * Offers passkeys among what the field for the email suggests, and waits until one is chosen.
 * @param isWanted asked at the last moment: a browser does one thing at a time, and this would end what was pressed for.
 */
export async function offerPasskeys(isWanted: () => boolean): Promise<Result<unknown>> {
  const { browserSupportsWebAuthnAutofill, startAuthentication } = await import("@simplewebauthn/browser");
  if (!(await browserSupportsWebAuthnAutofill())) return { ok: false, failure: REFUSED };
  const options = await fetchRequestOptions();
  if (!options.ok) return options;
  if (!isWanted()) return { ok: false, failure: REFUSED };
  const optionsJSON = options.value as PublicKeyCredentialRequestOptionsJSON;
  return onDevice(startAuthentication({ optionsJSON, useBrowserAutofill: true }));
}

/** Whoever cancels, waits too long or has no passkey is told nothing more by the browser. */
function onDevice(ceremony: Promise<unknown>): Promise<Result<unknown>> {
  return ceremony.then(
    (value) => ({ ok: true, value }) as const,
    () => ({ ok: false, failure: REFUSED }) as const,
  );
}
