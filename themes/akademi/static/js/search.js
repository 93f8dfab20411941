// Narrows the list of all titles to those that hold every word that is typed.

const search = document.querySelector("[data-search]");
const form = search.querySelector("form");
const field = form.querySelector("input");
const status = form.querySelector("[role=status]");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const items = [...search.querySelectorAll("li")].map((element) => ({
  element,
  text: plain(`${element.textContent} ${element.dataset.words ?? ""}`),
}));

function show() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { element, text } of items) {
    element.hidden = !words.every((word) => text.includes(word));
    if (!element.hidden) count += 1;
  }
  for (const part of search.querySelectorAll("section")) part.hidden = !part.querySelector("li:not([hidden])");
  status.textContent = !words.length ? "" : count ? `${count} ${count === 1 ? status.dataset.one : status.dataset.other}` : status.dataset.none;
}

function typed() {
  const url = new URL(location.href);
  if (field.value.trim()) url.searchParams.set("q", field.value.trim());
  else url.searchParams.delete("q");
  history.replaceState(null, "", url);
  show();
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", typed);
field.value = new URLSearchParams(location.search).get("q") ?? "";
if (!field.value && matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
show();
