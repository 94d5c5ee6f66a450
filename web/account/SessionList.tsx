import type { Session } from "../../protocol/user.ts";
import { endOtherSessions, endSession, fetchSessions } from "../api/account.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { useAction } from "../components/useAction.ts";
import { Waiting } from "../components/Waiting.tsx";
import { momentText } from "../store/dates.ts";
import { useLoading } from "../store/loading.ts";
import { deviceName } from "./deviceName.ts";

/** Everywhere that somebody is signed in, with a way to end it. */
export function SessionList() {
  const sessions = useLoading("sessions", fetchSessions);
  const { busy, failure, run } = useAction();
  const list = sessions.value.value;
  const reload = () => void sessions.reload();
  if (!list && sessions.failure.value) {
    return <FailureNote failure={sessions.failure.value} onRetry={reload} />;
  }
  if (!list) return <Waiting />;
  const inOrder = list.toSorted((a, b) => Number(b.isThisOne) - Number(a.isThisOne));
  return (
    <>
      <ul>
        {inOrder.map((session) => (
          <SessionRow key={session._id} session={session} onEnded={reload} />
        ))}
      </ul>
      {list.length > 1 && (
        <div class="account-row">
          <button
            type="button"
            class="button"
            disabled={busy.value}
            onClick={() => run(endOtherSessions(), reload)}
          >
            Sign out everywhere else
          </button>
          <FailureNote failure={failure.value} />
        </div>
      )}
    </>
  );
}

function SessionRow({ session, onEnded }: { readonly session: Session; readonly onEnded: () => void }) {
  const { busy, failure, run } = useAction();
  const name = deviceName(session.device);
  return (
    <li class="account-row">
      <div class="account-row-line">
        <div>
          <b>{name}</b>
          <p class="hint">
            Since {momentText(session.createdAt)}
            {!session.isThisOne && `, last seen ${momentText(session.lastSeenAt)}`}
          </p>
        </div>
        {session.isThisOne ? (
          <span class="account-here">This one</span>
        ) : (
          <button
            type="button"
            class="button"
            aria-label={`Sign out ${name}`}
            disabled={busy.value}
            onClick={() => run(endSession(session._id), onEnded)}
          >
            Sign out
          </button>
        )}
      </div>
      <FailureNote failure={failure.value} />
    </li>
  );
}
