import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import "../styles/firstDinner.css";
import { dinnerIdeas } from "../store/dinnerIdeas.ts";
import { entryDraftOf, typedEntry } from "../store/entryDraft.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { today } from "../store/today.ts";
import { dayName } from "../store/dayOfWeek.ts";
import { useDraft } from "./useDraft.ts";

interface FirstDinnerProps {
  readonly store: PlanStore;
  readonly householdId: string;
  /** The plan alone, please. */
  readonly onDone: () => void;
}

/** For a new household: one question, three answers, and then whom to ask along. */
export function FirstDinner({ store, householdId, onDone }: FirstDinnerProps) {
  const planned = useSignal("");
  function plan(title: string): void {
    store.add(typedEntry({ ...entryDraftOf({ day: dayName(today.peek()), meal: "dinner" }), title }));
    planned.value = title;
  }
  return (
    <section class="card first-dinner" aria-label="Your first dinner">
      {planned.value === "" ? (
        <Question planId={store.planId} onPlan={plan} />
      ) : (
        <Planned title={planned.value} householdId={householdId} onDone={onDone} />
      )}
    </section>
  );
}

interface QuestionProps {
  readonly planId: string;
  readonly onPlan: (title: string) => void;
}

function Question({ planId, onPlan }: QuestionProps) {
  const draft = useDraft({ form: `first-dinner/${planId}`, start: { title: "" } });
  const { title } = draft.fields;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (title.value.trim() === "") return;
    draft.sent();
    onPlan(title.value.trim());
  }
  return (
    <>
      <h2 id="first-dinner">What is for dinner tonight?</h2>
      <form class="first-dinner-form" onSubmit={submit}>
        <input
          ref={field}
          type="text"
          name="title"
          required
          maxLength={200}
          autocomplete="off"
          aria-labelledby="first-dinner"
          value={title.value}
          onInput={(event) => (title.value = event.currentTarget.value)}
        />
        <button type="submit" class="button primary">
          Plan it
        </button>
      </form>
      <p class="hint">Or take one of these:</p>
      <ul class="suggestions" aria-label="Ideas">
        {dinnerIdeas(today.value).map((idea) => (
          <li key={idea}>
            <button type="button" class="suggestion" onClick={() => onPlan(idea)}>
              {idea}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface PlannedProps {
  readonly title: string;
  readonly householdId: string;
  readonly onDone: () => void;
}

/** The button that was pressed is gone: the focus goes to the next step. */
function Planned({ title, householdId, onDone }: PlannedProps) {
  const next = useRef<HTMLAnchorElement>(null);
  useEffect(() => next.current?.focus(), []);
  return (
    <>
      <h2>Tonight: {title}</h2>
      <p>Who eats with you? Invite them, and they see the same week and can change it.</p>
      <div class="actions">
        <a ref={next} class="button primary" href={`/households/${householdId}`}>
          Invite somebody
        </a>
        <button type="button" class="button" onClick={onDone}>
          Go on with the week
        </button>
      </div>
    </>
  );
}
