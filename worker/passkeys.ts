import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";

import type { Credential, KnownPasskey, NewPasskey } from "../planner/Passkeys.ts";
import { describeError, logLine } from "../protocol/logLine.ts";
import type { AppRequest } from "./appContext.ts";
import { ProblemError } from "./errors.ts";
import { type ChallengePurpose, newChallenge, type OwnChallenge, readChallenge } from "./passkeyChallenge.ts";
import { relyingPartyOf } from "./relyingParty.ts";

/** How long a browser waits for the person, in milliseconds: as long as a challenge is good. */
const TIMEOUT = 300_000;

/** Loaded by the first who needs it: most requests don't, and a Worker that starts pays for all that it loads. */
const loadLibrary = () => import("@simplewebauthn/server");

/** What a browser needs to make a passkey for whoever is signed in, beside those that they have. */
export async function creationOptions(
  c: AppRequest,
  existing: readonly Credential[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await loadLibrary();
  const { userId, email, name } = c.var.identity;
  return generateRegistrationOptions({
    rpName: "Mealcast",
    rpID: relyingPartyOf(c).id,
    userID: Uint8Array.from(Buffer.from(userId)),
    userName: email,
    userDisplayName: name,
    challenge: newChallenge(c.env.SESSION_SECRET, `add ${userId}`, Date.now()),
    timeout: TIMEOUT,
    attestationType: "none",
    excludeCredentials: existing.map(({ credentialId: id, transports }) => ({
      id,
      transports: [...transports],
    })),
    // With it nobody needs to say who they are, nor to type anything.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** What a browser needs to let somebody choose a passkey: nothing of it says whose. */
export async function requestOptions(c: AppRequest): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await loadLibrary();
  return generateAuthenticationOptions({
    rpID: relyingPartyOf(c).id,
    challenge: newChallenge(c.env.SESSION_SECRET, "sign-in", Date.now()),
    timeout: TIMEOUT,
    userVerification: "required",
  });
}

/**
 * Checks what a browser made for whoever is signed in. The challenge is not used up yet.
 * @throws ProblemError `wrong-passkey`.
 */
export async function verifyNewPasskey(
  c: AppRequest,
  response: RegistrationResponseJSON,
): Promise<{ readonly passkey: Omit<NewPasskey, "name">; readonly challenge: OwnChallenge }> {
  const [{ verifyRegistrationResponse }, { withoutAttestation }] = await Promise.all([
    loadLibrary(),
    import("./withoutAttestation.ts"),
  ]);
  const { id, origin } = relyingPartyOf(c);
  const expected = expectedChallenge(c, `add ${c.var.identity.userId}`);
  const { registrationInfo } = await checked(async () =>
    verifyRegistrationResponse({
      response: withoutAttestation(response),
      expectedChallenge: expected.check,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
    }),
  );
  if (!registrationInfo) throw new ProblemError("wrong-passkey");
  const { credential } = registrationInfo;
  return {
    challenge: expected.found(),
    passkey: {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter,
      transports: response.response.transports ?? [],
    },
  };
}

/**
 * Checks that a browser holds a passkey. The challenge is not used up yet. Answers the authenticator's new counter.
 * @throws ProblemError `wrong-passkey`.
 */
export async function verifyPasskey(
  c: AppRequest,
  response: AuthenticationResponseJSON,
  passkey: KnownPasskey,
): Promise<{ readonly counter: number; readonly challenge: OwnChallenge }> {
  const { verifyAuthenticationResponse } = await loadLibrary();
  const { id, origin } = relyingPartyOf(c);
  const expected = expectedChallenge(c, "sign-in");
  const { verified, authenticationInfo } = await checked(async () =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: expected.check,
      expectedOrigin: origin,
      expectedRPID: id,
      credential: {
        id: passkey.credentialId,
        publicKey: Uint8Array.fromBase64(passkey.publicKey, { alphabet: "base64url" }),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    }),
  );
  if (!verified || !isHandleOf(passkey, response)) throw new ProblemError("wrong-passkey");
  return { counter: authenticationInfo.newCounter, challenge: expected.found() };
}

/** Whether the authenticator means the account that we know the passkey of. */
function isHandleOf({ user }: KnownPasskey, { response }: AuthenticationResponseJSON): boolean {
  return response.userHandle === Buffer.from(user._id).toString("base64url");
}

/** Asks for a challenge of ours, and remembers which it was. */
function expectedChallenge(c: AppRequest, purpose: ChallengePurpose) {
  let own: OwnChallenge | null = null;
  return {
    check(encoded: string): boolean {
      const challenge = Buffer.from(encoded, "base64url").toString();
      own = readChallenge(c.env.SESSION_SECRET, purpose, challenge, Date.now());
      return own !== null;
    },
    found(): OwnChallenge {
      if (!own) throw new ProblemError("wrong-passkey");
      return own;
    },
  };
}

/** The library says by exceptions what does not fit, whatever it is. */
async function checked<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    const { stack: _, ...brief } = describeError(error);
    logLine("info", "passkey-refused", brief);
    throw new ProblemError("wrong-passkey");
  }
}
