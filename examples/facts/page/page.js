const items = new Map();
let isLive = false;

const source = new EventSource("/api/streams/facts");
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
  document.querySelector("#items").replaceChildren(...[...items.values()].map(itemOf));
}

// A heartbeat is a good moment to ask how many listen: the figures are as old as the last one.
source.addEventListener("ping", countClients);
void countClients();

async function countClients() {
  const { clients } = await (await fetch("/status")).json();
  document.querySelector("#clients").textContent = `Streams that are open: ${clients}.`;
}

function itemOf({ info, source: origin }) {
  const item = document.createElement("li");
  const small = document.createElement("small");
  small.textContent = String(origin);
  item.append(String(info), small);
  return item;
}
