import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface AccountSectionProps {
  readonly title: string;
  /** What it is for, beside the heading. */
  readonly about: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the account's page: on the left what it is for, on the right what one can do. */
export function AccountSection({ title, about, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section class="account-section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <p class="hint">{about}</p>
      </header>
      <div class="account-box">{children}</div>
    </section>
  );
}
