/**
 * Whether a text is a path on the server that a page came from, as a browser reads it: to which `/\host` and a slash, a
 * tab and a slash are other hosts.
 */
export function isLocalPath(text: string): boolean {
  const base = "https://here.invalid";
  return text.startsWith("/") && URL.parse(text, base)?.origin === base;
}
