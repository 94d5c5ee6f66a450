import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { makeRecoveryCodes } from "../api/recovery.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { useAction } from "../components/useAction.ts";
import { besideField, PasswordField } from "./PasswordField.tsx";

/** Makes codes, and shows them once. */
export function RecoveryCodes({ onDone }: { readonly onDone: (words?: string) => void }) {
  const password = useSignal("");
  const codes = useSignal<readonly string[]>([]);
  const { busy, failure, run } = useAction();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    run(makeRecoveryCodes(password.value), (made) => (codes.value = made));
  }
  if (codes.value.length > 0) return <ShownCodes codes={codes.value} onDone={onDone} />;
  return (
    <form class="form" onSubmit={submit}>
      <PasswordField value={password} failure={failure.value} />
      <FailureNote failure={besideField(failure.value)} shownFields={["password"]} />
      <button type="submit" class="button primary" disabled={busy.value}>
        Show new codes
      </button>
    </form>
  );
}

interface ShownCodesProps {
  readonly codes: readonly string[];
  readonly onDone: (words?: string) => void;
}

function ShownCodes({ codes, onDone }: ShownCodesProps) {
  const said = useSignal("");
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  async function copy(): Promise<void> {
    const isCopied = await navigator.clipboard.writeText(codes.join("\n")).then(
      () => true,
      () => false,
    );
    said.value = isCopied ? "Copied." : "This browser does not let us copy: select them yourself.";
  }
  return (
    <div ref={place} class="recovery-codes" tabIndex={-1} role="group" aria-label="Recovery codes">
      <p>
        <b>You see these only now.</b> Each gets you in once. Print them and put them where you keep important
        papers.
      </p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="actions">
        <button type="button" class="button primary" onClick={() => print()}>
          Print
        </button>
        <button type="button" class="button" onClick={() => void copy()}>
          Copy
        </button>
        <button type="button" class="button quiet" onClick={() => onDone("Eight codes are good now.")}>
          I have them
        </button>
        <span role="status" class="hint">
          {said.value}
        </span>
      </div>
    </div>
  );
}
