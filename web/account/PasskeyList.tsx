import { useSignal } from "@preact/signals";
import type { Passkey } from "../../protocol/user.ts";
import { fetchPasskeys, removePasskey } from "../api/passkeys.ts";
import { ConfirmButton } from "../components/ConfirmButton.tsx";
import { FailureNote } from "../components/FailureNote.tsx";
import { TextField } from "../components/TextField.tsx";
import { useAction } from "../components/useAction.ts";
import { Waiting } from "../components/Waiting.tsx";
import { momentText } from "../store/dates.ts";
import { useLoading } from "../store/loading.ts";
import { deviceName } from "./deviceName.ts";
import { canHavePasskeys, createPasskey } from "./passkeyClient.ts";
import { SettingRow } from "./SettingRow.tsx";

/** The passkeys of an account: those that there are, and another one. */
export function PasskeyList() {
  const passkeys = useLoading("passkeys", fetchPasskeys);
  const list = passkeys.value.value;
  const reload = () => void passkeys.reload();
  if (!list && passkeys.failure.value) {
    return <FailureNote failure={passkeys.failure.value} onRetry={reload} />;
  }
  if (!list) return <Waiting />;
  return (
    <>
      <ul>
        {list.map((passkey) => (
          <PasskeyRow key={passkey._id} passkey={passkey} onRemoved={reload} />
        ))}
      </ul>
      {canHavePasskeys() ? (
        <SettingRow
          title={list.length === 0 ? "No passkey yet" : "Another passkey"}
          detail="On this device, or on a security key"
          action="Add"
        >
          {(close) => (
            <NewPasskey
              onAdded={() => {
                reload();
                close("Added.");
              }}
            />
          )}
        </SettingRow>
      ) : (
        <p class="account-row hint">
          Here none can be added: passkeys want a browser that knows them, and an address with a name (not
          127.0.0.1).
        </p>
      )}
    </>
  );
}

function PasskeyRow({ passkey, onRemoved }: { readonly passkey: Passkey; readonly onRemoved: () => void }) {
  const { busy, failure, run } = useAction();
  const { lastUsedAt } = passkey;
  return (
    <li class="account-row">
      <div class="account-row-line">
        <div>
          <b>{passkey.name}</b>
          <p class="hint">
            Added {momentText(passkey.createdAt)}
            {lastUsedAt ? `, used ${momentText(lastUsedAt)}` : ", not used yet"}
          </p>
        </div>
        <ConfirmButton
          name="Remove"
          question={`Remove ${passkey.name}?`}
          busy={busy.value}
          onConfirm={() => run(removePasskey(passkey._id), onRemoved)}
        />
      </div>
      <FailureNote failure={failure.value} />
    </li>
  );
}

function NewPasskey({ onAdded }: { readonly onAdded: () => void }) {
  const name = useSignal(deviceName(navigator.userAgent));
  const { busy, failure, run } = useAction();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    run(createPasskey(name.value.trim()), onAdded);
  }
  return (
    <form class="form" onSubmit={submit}>
      <TextField
        label="Its name"
        name="name"
        required
        maxLength={100}
        value={name}
        failure={failure.value}
        hint="To tell it from others, like “Kitchen tablet”."
      />
      <FailureNote failure={failure.value} shownFields={["name"]} />
      <button type="submit" class="button primary" disabled={busy.value}>
        Make the passkey
      </button>
    </form>
  );
}
