/** A connection string for the screen: passwords are not for it. */
export function shownUri(mongodbUri: string): string {
  return mongodbUri.replace(/\/\/[^@/]*@/, "//");
}
