import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

import { isoCBOR } from "@simplewebauthn/server/helpers";

/** What it needs of the options for a new passkey. */
export interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
}

/** What it needs of the options for a sign-in. */
export interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

interface Credential {
  readonly id: string;
  readonly key: KeyObject;
  readonly userHandle: string;
}

/** Present, verified, and with a credential in it: the flags of authenticator data. */
const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

/** A browser with an authenticator that holds one passkey, with true keys and signatures. */
export class Authenticator {
  /** Which page the browser says it shows. */
  origin: string;
  /** Whether the person shows who they are, by a finger or a code. */
  verifiesPerson = true;
  /** What it says about its maker, as certificates; `null` for nothing. */
  certificates: readonly Uint8Array[] | null = null;
  /** Authenticators that are backed up don't count. */
  counter = 0;
  #credential: Credential | null = null;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** As `navigator.credentials.create()`, as JSON. */
  create(options: CreationOptions) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const id = randomBytes(16);
    this.#credential = { id: id.toString("base64url"), key: privateKey, userHandle: options.user.id };
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseOf(publicKey)]);
    const authData = Buffer.concat([this.#data(options.rp.id, ATTESTED), attested]);
    return this.#answer({
      clientDataJSON: this.#clientData("webauthn.create", options.challenge),
      attestationObject: Buffer.from(this.#attestation(new Uint8Array(authData))).toString("base64url"),
    });
  }

  /** As `navigator.credentials.get()`, as JSON. */
  get({ challenge, rpId }: RequestOptions) {
    const { key, userHandle } = this.#held();
    const data = this.#data(rpId, 0);
    const clientDataJSON = this.#clientData("webauthn.get", challenge);
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    return this.#answer({
      clientDataJSON,
      authenticatorData: data.toString("base64url"),
      signature: sign("sha256", signed, key).toString("base64url"),
      userHandle,
    });
  }

  #answer<Response extends object>(response: Response) {
    const { id } = this.#held();
    return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
  }

  #held(): Credential {
    if (!this.#credential) throw new Error("This authenticator holds no passkey yet");
    return this.#credential;
  }

  #attestation(authData: Uint8Array): Uint8Array {
    const maker = new Map<string, number | Uint8Array | Uint8Array[]>();
    if (this.certificates) maker.set("alg", -7).set("sig", new Uint8Array(70));
    if (this.certificates) maker.set("x5c", [...this.certificates]);
    return isoCBOR.encode(
      new Map<string, string | Uint8Array | typeof maker>([
        ["fmt", this.certificates ? "packed" : "none"],
        ["attStmt", maker],
        ["authData", authData],
      ]),
    );
  }

  #data(rpId: string, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const person = PRESENT | (this.verifiesPerson ? VERIFIED : 0);
    return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.from([flags | person]), counter]);
  }

  #clientData(type: string, challenge: string): string {
    const data = { type, challenge, origin: this.origin, crossOrigin: false };
    return Buffer.from(JSON.stringify(data)).toString("base64url");
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** A P-256 key as COSE has it: kind 2, algorithm ES256, curve 1, and the point. */
function coseOf(key: KeyObject): Uint8Array {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, "base64url"))],
      [-3, new Uint8Array(Buffer.from(y, "base64url"))],
    ]),
  );
}
