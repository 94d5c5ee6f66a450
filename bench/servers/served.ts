/** What a server's process tells the bench when it takes requests. */
export interface Served {
  readonly port: number;
  /** What else the contender needs to know: ids, cookies, addresses. */
  readonly details: Readonly<Record<string, string>>;
}
