/** Names that are nobody's on the internet, or somebody's own network. */
const INTERNAL =
  /(?:^|\.)(?:localhost|local|internal|intranet|private|corp|home|lan|arpa|test|invalid|onion)$/;

/**
 * An address, if it may be fetched: on a host with a name on the internet, at its usual port. `null` for
 * all else, above all for addresses that lead into the network of whoever fetches.
 */
export function publicAddress(text: string, base?: URL): URL | null {
  const url = URL.parse(text, base?.href);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  if (url.username !== "" || url.password !== "" || url.port !== "") return null;
  return hasPublicName(url) ? url : null;
}

/**
 * An IP address is no name, however it is written: of all that browsers take for one of version 4 (`127.1`,
 * `0x7f000001`, `2130706433`) the parser has made four numbers, and those of version 6 stand in brackets.
 */
function hasPublicName({ hostname }: URL): boolean {
  const name = hostname.replace(/\.$/, "");
  const isAddress = name.startsWith("[") || /^[\d.]+$/.test(name);
  return !isAddress && name.includes(".") && !INTERNAL.test(name);
}
