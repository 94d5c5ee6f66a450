import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { User } from "../../protocol/user.ts";
import { onSignedOut, type Failure, type Result } from "../api/request.ts";
import { fetchMe, logIn, logOut, register, type Credentials, type Registration } from "../api/users.ts";
import { forgetLeft, noteLeft, wasLeft } from "./leftAccount.ts";
import { noteRequestAccount, requestAccount } from "./requestAccount.ts";

/** Who uses this page. `expired`: the server ended the session, but what is on the page need not go. */
export type Session =
  | { readonly kind: "unknown" }
  | { readonly kind: "unreachable"; readonly failure: Failure }
  | { readonly kind: "signed-out" }
  | { readonly kind: "signed-in"; readonly user: User }
  | { readonly kind: "expired"; readonly user: User };

export const session: Signal<Session> = signal({ kind: "unknown" });

/** The id of the user, also while their session is over; empty when it is nobody's page. */
export const userId: ReadonlySignal<string> = computed(() =>
  "user" in session.value ? session.value.user._id : "",
);

let isChecked = false;
/** While the user is signing out. */
let isLeaving = false;

/** Asks who is signed in, once. Pages for everybody never ask. */
export function ensureSession(): void {
  if (isChecked) return;
  isChecked = true;
  onSignedOut(sessionEnded);
  void checkSession();
}

/** Asks the server who is signed in. */
export async function checkSession(): Promise<void> {
  const result = await fetchMe();
  if (result.ok) entered(result);
  else if (result.failure.code !== "signed-out" && session.peek().kind === "unknown") {
    session.value = { kind: "unreachable", failure: result.failure };
  }
}

/** The server does not know the user any more. */
export function sessionEnded(): void {
  const before = session.peek();
  // Streams hear of a sign-out before its answer comes, which says what becomes of the page.
  if (isLeaving) return;
  if (!("user" in before) || wasLeft(before.user._id)) session.value = { kind: "signed-out" };
  else if (before.kind === "signed-in") session.value = { kind: "expired", user: before.user };
}

/** The account was left on purpose, here or in another tab: nothing of it stays on the page. */
export function leave(account: string): void {
  if (userId.peek() === account) session.value = { kind: "signed-out" };
}

export function signIn(credentials: Credentials): Promise<Result<User>> {
  return enterBy(() => logIn(credentials));
}

/** Signs in, by whatever way. */
export async function enterBy(attempt: () => Promise<Result<User>>): Promise<Result<User>> {
  return entered(await changeAccount(attempt));
}

/** @returns `null` where a mail was sent first: nobody is signed in yet. */
export async function signUp(registration: Registration): Promise<Result<User | null>> {
  const before = requestAccount();
  const result = await changeAccount(() => register(registration));
  if (!result.ok) return result;
  if (result.value !== null) return entered({ ok: true, value: result.value });
  noteRequestAccount(before);
  return result;
}

export function signOut(): Promise<Result<null>> {
  return leaveBy(logOut);
}

/** The user has another name or email by now. */
export function noteUser(user: User): void {
  if (userId.peek() === user._id) session.value = { kind: "signed-in", user };
}

/** Ends the session, by whatever way, and the page in all tabs with it. */
export async function leaveBy(attempt: () => Promise<Result<null>>): Promise<Result<null>> {
  const account = userId.peek();
  isLeaving = true;
  const result = await changeAccount(attempt);
  isLeaving = false;
  if (!result.ok) return result;
  noteLeft(account);
  leave(account);
  return result;
}

/** From here to the answer nobody knows whose cookie the browser has. */
async function changeAccount<T>(attempt: () => Promise<Result<T>>): Promise<Result<T>> {
  const before = requestAccount();
  noteRequestAccount("");
  const result = await attempt();
  if (result.ok) return result;
  if (result.failure.code === "network") void checkSession();
  else noteRequestAccount(before);
  return result;
}

function entered(result: Result<User>): Result<User> {
  if (!result.ok) return result;
  forgetLeft();
  noteRequestAccount(result.value._id);
  session.value = { kind: "signed-in", user: result.value };
  return result;
}
