import type { People } from "../store/People.ts";

/** The class that gives something a person's colour; that of nobody, outside the app and for who has left. */
export function personClass(people: People, userId: string | null): string {
  const colour = userId === null ? null : people.colourOf(userId);
  return colour === null ? "person-none" : `person-${colour}`;
}
