const items = new Map();
let isLive = false;

const source = new EventSource("/api/streams/creatures");
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

function itemOf({ name, picture }) {
  const item = document.createElement("li");
  item.append(pictureOf(String(picture)), String(name));
  return item;
}

/** A terminal may insert anything: what is no address of a picture is shown as text. */
function pictureOf(picture) {
  const isAddress = /^(?:https:|data:image\/)/.test(picture);
  const element = document.createElement(isAddress ? "img" : "span");
  element.className = "picture";
  if (!isAddress) element.textContent = picture.slice(0, 16);
  else Object.assign(element, { alt: "", referrerPolicy: "no-referrer", loading: "lazy", src: picture });
  return element;
}
