import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Failure } from "../api/request.ts";

/** What a control inside a field has to carry. */
interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

interface FieldProps {
  readonly label: string;
  /** The name of the field in what is sent; refusals name it. */
  readonly name: string;
  readonly hint?: string;
  readonly failure: Failure | null;
  readonly children: (control: ControlProps) => ComponentChildren;
}

/** A label, a control, and what is wrong with what was entered. */
export function Field({ label, name, hint, failure, children }: FieldProps) {
  const id = useId();
  const wrong = failure?.fields.filter(({ path }) => path === name || path.startsWith(`${name}.`)) ?? [];
  const described = [hint ? `${id}-hint` : "", wrong.length > 0 ? `${id}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, name, "aria-invalid": wrong.length > 0, "aria-describedby": described || undefined })}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong.length > 0 && (
        <p class="field-error" id={`${id}-error`}>
          {wrong.map(({ message }) => message).join(" ")}
        </p>
      )}
    </div>
  );
}
