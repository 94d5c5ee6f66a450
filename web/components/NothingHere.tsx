import type { ComponentChildren } from "preact";
import { WaysOn } from "./WaysOn.tsx";

interface NothingHereProps {
  readonly title: string;
  /** What may be the reason, in a sentence or two. */
  readonly children: ComponentChildren;
}

/** Instead of something that is not there: what may have become of it, and where to go from here. */
export function NothingHere({ title, children }: NothingHereProps) {
  return (
    <section class="narrow card" role="status">
      <h1>{title}</h1>
      <p>{children}</p>
      <WaysOn />
    </section>
  );
}
