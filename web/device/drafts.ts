import { record, text } from "../api/reading.ts";

/** What was typed into a form and is not sent yet: one text per field. */
export type Draft = Readonly<Record<string, string>>;

const PREFIX = "mealcast-draft:";

/** Where the browser keeps nothing, a draft lives as long as its tab. */
const memory = new Map<string, string>();

/**
 * What was typed into a form before; `null` when nothing was, or when it can't be read.
 * @param form names the form and its document.
 */
export function keptDraft(account: string, form: string): Draft | null {
  const kept = readJson(read(keyOf(account, form)));
  const fields = Object.entries(record(kept)).map(([field, value]) => [field, text(value)] as const);
  return fields.length === 0 ? null : Object.fromEntries(fields);
}

/** Keeps what was typed so far; the next reading finds it, in whatever tab. */
export function keepDraft(account: string, form: string, draft: Draft): void {
  const value = JSON.stringify(draft);
  memory.set(keyOf(account, form), value);
  try {
    localStorage.setItem(keyOf(account, form), value);
  } catch {
    // Refused or full: the memory has it.
  }
}

/** It was saved, or dropped on purpose. */
export function dropDraft(account: string, form: string): void {
  forget(keyOf(account, form));
}

/** Erases all drafts of an account. */
export function dropDrafts(account: string): void {
  const prefix = keyOf(account, "");
  const keys = [...memory.keys(), ...storedKeys()];
  for (const key of keys) if (key.startsWith(prefix)) forget(key);
}

function keyOf(account: string, form: string): string {
  return `${PREFIX}${account}:${form}`;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

function readJson(value: string | null): unknown {
  try {
    return value === null ? null : JSON.parse(value);
  } catch {
    return null;
  }
}

function storedKeys(): readonly string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

function forget(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // What could not be kept can't be erased.
  }
}
