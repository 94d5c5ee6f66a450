import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { Household } from "../../protocol/household.ts";
import { aislesOf, inOrder, movedAisle, walkOf, type Aisle } from "../store/aisles.ts";
import { editHousehold } from "../store/editHousehold.ts";
import type { Trolley } from "../store/Trolley.ts";
import type { DropPlace } from "./useDrag.ts";

/** The aisles of a list, in the household's own order. */
interface AisleOrder {
  readonly aisles: readonly Aisle[];
  /** The names of all that the household knows. */
  readonly known: readonly string[];
  /** To be read out: where an aisle has come to. */
  readonly said: ReadonlySignal<string>;
  /** Puts one in front of another; `null` for the end. */
  readonly moveAisle: (name: string, before: string | null) => void;
  readonly dropAisle: (name: string, place: DropPlace) => void;
}

/** The aisles of a household's list, and how to put them in another order. */
export function useAisleOrder(household: Household, trolley: Trolley): AisleOrder {
  const said = useSignal("");
  const walk = walkOf(household.aisles ?? []);
  const aisles = aislesOf(trolley.onList.value, walk);
  const shown = aisles.map(({ name }) => name);
  function moveAisle(name: string, before: string | null): void {
    const moved = movedAisle(walk, shown, name, before);
    const now = inOrder(shown, moved);
    if (now.join("\n") === shown.join("\n")) return;
    editHousehold(household, { aisles: moved }, name);
    said.value = `${name}: place ${now.indexOf(name) + 1} of ${now.length}`;
  }
  function dropAisle(name: string, { aisle, half }: DropPlace): void {
    const others = shown.filter((one) => one !== name);
    if (aisle === name) return;
    const index = others.indexOf(aisle) + (half === "lower" ? 1 : 0);
    moveAisle(name, others[index] ?? null);
  }
  const known = [...new Set([...walk, ...shown])];
  return { aisles, known, said, moveAisle, dropAisle };
}
