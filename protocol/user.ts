/** An account as its owner sees it. */
export interface User {
  readonly _id: string;
  readonly email: string;
  readonly name: string;
}
