/** What the names of objects begin with that count the streams of guests from one address. */
const ADDRESS = "guests/";

/** The name of the object that counts the streams of guests from an address. @param hash of the address. */
export function addressHolder(hash: string): string {
  return ADDRESS + hash;
}

/** Whether an object counts the streams of an address, and not of a user. */
export function isAddressHolder(name: string): boolean {
  return name.startsWith(ADDRESS);
}
