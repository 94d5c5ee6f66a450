const items = new Map();
let isLive = false;

const source = new EventSource("/api/streams/users");
source.addEventListener("message", ({ data }) => {
  const item = JSON.parse(data);
  items.set(item._id, item);
  show();
});
source.addEventListener("removed", ({ data }) => {
  items.delete(JSON.parse(data)._id);
  show();
});
source.addEventListener("reset", () => {
  // Everything follows again. What is on the screen stays until then.
  isLive = false;
  items.clear();
});
source.addEventListener("live", () => {
  isLive = true;
  tell("live");
  show();
});
source.addEventListener("error", () => {
  tell(source.readyState === EventSource.CLOSED ? "refused: reload" : "reconnecting");
});

function tell(state) {
  document.body.dataset.state = state;
  document.querySelector("#state").textContent = state;
}

function show() {
  if (!isLive) return;
  document.querySelector("#items").replaceChildren(...[...items.values()].map(rowOf));
}

/** Text stays text, whatever somebody typed. */
function rowOf({ name, email }) {
  const row = document.createElement("tr");
  row.insertCell().textContent = String(name);
  row.insertCell().textContent = String(email);
  return row;
}
