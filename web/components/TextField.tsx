import type { Signal } from "@preact/signals";
import type { InputHTMLAttributes } from "preact";
import type { Failure } from "../api/request.ts";
import { Field } from "./Field.tsx";

interface TextFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: Signal<string>;
  readonly failure: Failure | null;
  readonly hint?: string;
  readonly type?: "text" | "email" | "password" | "number" | "url";
  readonly autocomplete?: string;
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
}

/** A field of one line. */
export function TextField({ label, name, value, failure, hint, type = "text", ...rest }: TextFieldProps) {
  return (
    <Field label={label} name={name} failure={failure} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <input
          {...control}
          {...rest}
          // Each kind of input is a type of its own to Preact, and a union of kinds is none of them.
          {...({ type } as InputHTMLAttributes<HTMLInputElement>)}
          value={value.value}
          onInput={(event) => (value.value = event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
