// Inserts what a form holds through the stream's own route. The list grows when the stream says so, here as everywhere.

const form = document.querySelector("form[data-stream]");
const alert = form.querySelector("[role=alert]");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  alert.textContent = await insert(Object.fromEntries(new FormData(form)));
  if (alert.textContent === "") form.reset();
});

/** Answers what to tell the person, or nothing. */
async function insert(item) {
  try {
    const answer = await fetch(`/api/streams/${form.dataset.stream}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(item),
    });
    return answer.ok ? "" : problemText(await answer.json());
  } catch {
    return "It was not sent: there is no connection. Try again.";
  }
}

function problemText({ title, fields = [] }) {
  return [title, ...fields.map(({ path, message }) => `${path}: ${message}`)].join(". ");
}
