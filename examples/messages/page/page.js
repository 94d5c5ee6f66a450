const wish = document.querySelector("#wish");
const items = new Map();
let isLive = false;
let close = () => {};

/** What each event means, whatever it came by. */
const on = {
  message(item) {
    items.set(item._id, item);
    show();
  },
  removed({ _id }) {
    items.delete(_id);
    show();
  },
  reset() {
    isLive = false;
    items.clear();
  },
  live() {
    isLive = true;
    tell("live");
    show();
  },
};

wish.addEventListener("change", open);
wish.addEventListener("submit", (event) => event.preventDefault());
open();

function open() {
  close();
  on.reset();
  tell("connecting");
  const { name, transport } = Object.fromEntries(new FormData(wish));
  const query = name.trim() ? `?${new URLSearchParams({ name })}` : "";
  close = (transport === "websocket" ? openSocket : openSource)(`/api/streams/messages${query}`);
}

function openSource(url) {
  const source = new EventSource(url);
  for (const [event, handle] of Object.entries(on))
    source.addEventListener(event, ({ data }) => handle(JSON.parse(data)));
  source.addEventListener("error", () => {
    tell(source.readyState === EventSource.CLOSED ? "refused: reload" : "reconnecting");
  });
  return () => source.close();
}

/** A WebSocket gets the same events, but has to come back by itself: this one starts over, after a random wait. */
function openSocket(url) {
  const socket = new WebSocket(url);
  const leaving = new AbortController();
  socket.addEventListener("message", take, leaving);
  socket.addEventListener("close", comeBack, leaving);
  function comeBack() {
    tell("reconnecting");
    const timer = setTimeout(open, 1000 + 4000 * Math.random());
    leaving.signal.addEventListener("abort", () => clearTimeout(timer));
  }
  return () => {
    leaving.abort();
    socket.close();
  };
}

function take({ data: text }) {
  const { event, data } = JSON.parse(text);
  on[event]?.(data);
}

function tell(state) {
  document.body.dataset.state = state;
  document.querySelector("#state").textContent = state;
}

function show() {
  if (!isLive) return;
  const shown = [...items.values()].map(({ name, message }) => itemOf(message, name));
  document.querySelector("#items").replaceChildren(...shown);
}

// The same collection as a feed of what happened.
new EventSource("/api/streams/message-changes").addEventListener("change", ({ data }) => {
  const { operationType, documentKey, fullDocument } = JSON.parse(data);
  const what = fullDocument ? `${fullDocument.name}: ${fullDocument.message}` : String(documentKey._id);
  document.querySelector("#changes").prepend(itemOf(what, operationType));
});

/** Text stays text, whatever somebody typed. */
function itemOf(text, below) {
  const item = document.createElement("li");
  const small = document.createElement("small");
  small.textContent = String(below);
  item.append(String(text), small);
  return item;
}
