import type { Household, Member } from "../../protocol/household.ts";

/** How many people can be told apart by their colours. */
const COLOURS = 6;

/** The people of a household: who is called what, and who has which colour. */
export class People {
  readonly #members: readonly Member[];

  /** @param members in the order in which they joined. */
  constructor(members: readonly Member[]) {
    this.#members = members;
  }

  /** `null` for whoever is not of the household (any more). */
  nameOf(userId: string): string | null {
    return this.#members.find((member) => member.userId === userId)?.name ?? null;
  }

  /** The first word of the name, where that is enough to tell people apart. `null` like `nameOf`. */
  shortNameOf(userId: string): string | null {
    const name = this.nameOf(userId);
    const word = name && firstWord(name);
    const namesakes = this.#members.filter((member) => firstWord(member.name) === word);
    return namesakes.length > 1 ? name : word;
  }

  /** A number from 0 to 5, another one for each of the first six who joined; `null` like `nameOf`. */
  colourOf(userId: string): number | null {
    const index = this.#members.findIndex((member) => member.userId === userId);
    return index === -1 ? null : index % COLOURS;
  }
}

function firstWord(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** For who is not told who anybody is. */
export const NOBODY = new People([]);

/** The people of one of some households; nobody while it is not known. */
export function peopleOf(households: readonly Household[] | null, householdId: string | undefined): People {
  const household = households?.find(({ _id }) => _id === householdId);
  return household ? new People(household.members) : NOBODY;
}
