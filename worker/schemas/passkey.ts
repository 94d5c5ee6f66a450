import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import * as z from "zod";

import { name } from "./fields.ts";

const LONGEST = 20_000;

const bytes = z
  .string()
  .max(LONGEST)
  .regex(/^[\w-]*$/);

const id = bytes.min(1).max(2_000);

/** As browsers write it. They add to it with time: what nobody knows is left alone. */
const registrationResponse = z.looseObject({
  id,
  rawId: id,
  type: z.literal("public-key"),
  clientExtensionResults: z.looseObject({}),
  response: z.looseObject({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

const authenticationResponse = z.looseObject({
  id,
  rawId: id,
  type: z.literal("public-key"),
  clientExtensionResults: z.looseObject({}),
  response: z.looseObject({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.optional(),
  }),
});

/** The body of `POST /api/users/passkeys`. */
export const newPasskeySchema = z.strictObject({
  name: name(100),
  response: z
    .custom<RegistrationResponseJSON>(
      (value) => registrationResponse.safeParse(value).success,
      "Not what navigator.credentials.create() resolves with, as JSON",
    )
    .describe("What `navigator.credentials.create()` resolves with, as JSON."),
});

/** The body of `POST /api/users/passkeys/sign-in`. */
export const passkeySignInSchema = z.strictObject({
  response: z
    .custom<AuthenticationResponseJSON>(
      (value) => authenticationResponse.safeParse(value).success,
      "Not what navigator.credentials.get() resolves with, as JSON",
    )
    .describe("What `navigator.credentials.get()` resolves with, as JSON."),
});
