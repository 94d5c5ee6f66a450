import { createHash, createHmac } from "node:crypto";
import { Binary } from "bson";
import { z } from "zod";

const hmacArguments = z.tuple([
  z.string(),
  z.string(),
  z.enum(["sha1", "sha256", "sha512"]),
  z.enum(["hex", "base64"]),
]);

const hashArguments = z.tuple([z.enum(["sha1", "sha256", "md5"]), z.string()]);

/** The global `utils`, with the parts that have a plain counterpart. Asking for another part says so. */
export const atlasUtils: object = known("utils", {
  crypto: known("utils.crypto", {
    hmac(...given: readonly unknown[]): string {
      const [input, secret, hash, format] = hmacArguments.parse(given);
      return createHmac(hash, secret).update(input, "utf8").digest(format);
    },
    hash(...given: readonly unknown[]): Binary {
      const [hash, input] = hashArguments.parse(given);
      return new Binary(createHash(hash).update(input, "utf8").digest());
    },
  }),
});

function known(path: string, parts: Readonly<Record<string, unknown>>): object {
  return new Proxy(parts, {
    get(target, name) {
      if (typeof name === "symbol" || Object.hasOwn(target, name)) return Reflect.get(target, name);
      throw new Error(`${path}.${name} is not emulated by the local runner`);
    },
  });
}
