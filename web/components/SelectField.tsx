import type { Signal } from "@preact/signals";
import type { Failure } from "../api/request.ts";
import { Field } from "./Field.tsx";

interface SelectFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: Signal<string>;
  readonly failure: Failure | null;
  readonly options: readonly { readonly value: string; readonly name: string }[];
}

/** A field with a few known values. */
export function SelectField({ label, name, value, failure, options }: SelectFieldProps) {
  return (
    <Field label={label} name={name} failure={failure}>
      {(control) => (
        <select
          {...control}
          value={value.value}
          onChange={(event) => (value.value = event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
