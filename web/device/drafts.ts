import { signal, type Signal } from "@preact/signals";
import { record, text } from "../api/reading.ts";

/** What was typed into a form and is not sent yet. */
export interface Draft {
  /** One text per field that was typed into. */
  readonly typed: Readonly<Record<string, string>>;
  /** The document as the user saw it while they typed. */
  readonly seen: Readonly<Record<string, unknown>>;
}

const PREFIX = "mealcast-draft:";

/** Counts how often a form came to have a draft, or lost it: whoever lists drafts reads it. */
export const draftChanges: Signal<number> = signal(0);

/** Where the browser keeps nothing, a draft lives as long as its tab. */
const memory = new Map<string, string>();

/**
 * What was typed into a form before; `null` when nothing was, or when it can't be read.
 * @param form names the form and its document.
 */
export function keptDraft(account: string, form: string): Draft | null {
  const kept = record(readJson(read(keyOf(account, form))));
  const typed = Object.entries(record(kept["typed"])).map(([field, value]) => [field, text(value)] as const);
  return typed.length === 0 ? null : { typed: Object.fromEntries(typed), seen: record(kept["seen"]) };
}

/** The names of an account's forms that have a draft. */
export function formsWithDraft(account: string, prefix: string): readonly string[] {
  const start = keyOf(account, prefix);
  const keys = new Set([...memory.keys(), ...storedKeys()]);
  return [...keys].filter((key) => key.startsWith(start)).map((key) => key.slice(keyOf(account, "").length));
}

/** Keeps what was typed so far; the next reading finds it, in whatever tab. */
export function keepDraft(account: string, form: string, draft: Draft): void {
  const key = keyOf(account, form);
  const value = JSON.stringify(draft);
  const isNew = read(key) === null;
  memory.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Refused or full: the memory has it.
  }
  if (isNew) draftChanges.value += 1;
}

/** It was saved, or dropped on purpose. */
export function dropDraft(account: string, form: string): void {
  const key = keyOf(account, form);
  if (read(key) === null) return;
  forget(key);
  draftChanges.value += 1;
}

/** Erases all drafts of an account. */
export function dropDrafts(account: string): void {
  for (const form of formsWithDraft(account, "")) dropDraft(account, form);
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
