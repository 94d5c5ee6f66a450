import type { Context } from "hono";

/**
 * Who is counted as one by limits: the internet address of the client, and of IPv6 the network, since everybody has as
 * many addresses there as he likes. Cloudflare sets the header, whatever a client sends; without Cloudflare all are one.
 */
export function addressOf(c: Pick<Context, "req">): string {
  const address = c.req.header("cf-connecting-ip") ?? "local";
  return address.includes(":") ? networkOf(address) : address;
}

/** The first 64 bits. */
function networkOf(address: string): string {
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => "0"), ...after];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
