/**
 * The token of the link to a demo week: the same each time it is asked for, so that no link is made twice, and known to
 * nobody who does not hold the secret.
 */
export async function demoToken(secret: string, week: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), algorithm, false, ["sign"]);
  const signed = await crypto.subtle.sign("HMAC", key, bytes.encode(`demo-plan ${week}`));
  return Buffer.from(signed).toString("base64url");
}
