import type { Signal } from "@preact/signals";
import type { Failure } from "../api/request.ts";
import { Field } from "./Field.tsx";

interface TextAreaFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: Signal<string>;
  readonly failure: Failure | null;
  readonly rows: number;
  readonly hint?: string;
}

/** A field of several lines. */
export function TextAreaField({ label, name, value, failure, rows, hint }: TextAreaFieldProps) {
  return (
    <Field label={label} name={name} failure={failure} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <textarea
          {...control}
          rows={rows}
          value={value.value}
          onInput={(event) => (value.value = event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
