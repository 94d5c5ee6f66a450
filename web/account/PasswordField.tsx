import type { Signal } from "@preact/signals";
import type { Failure } from "../api/request.ts";
import { TextField } from "../components/TextField.tsx";

interface PasswordFieldProps {
  readonly value: Signal<string>;
  readonly failure: Failure | null;
}

/** Asks for the password once more: whoever finds an open page must not be able to take the account over. */
export function PasswordField({ value, failure }: PasswordFieldProps) {
  return (
    <TextField
      label="Your password"
      name="password"
      type="password"
      autocomplete="current-password"
      required
      value={value}
      failure={besideField(failure)}
    />
  );
}

/** A wrong password is said beside its field. */
export function besideField(failure: Failure | null): Failure | null {
  if (failure?.code !== "wrong-credentials") return failure;
  return { ...failure, fields: [{ path: "password", message: "This is not your password." }] };
}
