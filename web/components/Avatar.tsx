import type { People } from "../store/People.ts";
import { personClass } from "./personClass.ts";

interface AvatarProps {
  readonly id: string;
  readonly name: string;
  /** Those among whom the person is to be told apart. */
  readonly people: People;
}

/** A person as a circle with initials; the people of a household have a colour each. */
export function Avatar({ id, name, people }: AvatarProps) {
  return (
    <span class={`avatar ${personClass(people, id)}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** The first two letters, not first and last name: a household's people often share the last one. */
function initials(name: string): string {
  return [...name.trim()].slice(0, 2).join("") || "?";
}
