// Searches the whole text of the site as one types. Without the index, it narrows the list of all titles.

import { open, price, words } from "./_search-index.js";

const search = document.querySelector("[data-search]");
const form = search.querySelector("form");
const field = form.querySelector("input");
const status = form.querySelector("[role=status]");
const filters = [...form.querySelectorAll("select")];
const titles = [...search.querySelectorAll("section")];
const items = [...search.querySelectorAll("section li")].map((element) => ({
  element,
  kind: element.closest("section").dataset.kind,
  level: element.dataset.level,
  // As it is shown: `_prices.js` takes the date away from a promo that has ended.
  get amount() {
    const { price, priceThen } = element.dataset;
    return Number(priceThen && !element.querySelector("[data-valid-until]") ? priceThen : price);
  },
  text: words(`${element.textContent} ${element.dataset.words ?? ""}`).join(" "),
}));
const list = document.createElement("ul");
list.setAttribute("role", "list");
const results = document.createElement("section");
results.className = "search-part";
results.hidden = true;
results.append(list);
const more = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet", textContent: status.dataset.more });
results.append(more);
search.append(results);

const FREE = ["free", "partially_free"];
const STEP = 30;
let limit = STEP;
let index;
let turn = 0;

function opened() {
  index ??= open(new URL("./", location.href).href).catch(() => null);
  return index;
}

function chosen() {
  return Object.fromEntries(filters.map((filter) => [filter.name, filter.value]));
}

function fits(result) {
  const { kind, level, price: most } = chosen();
  if (kind && result.kind !== kind) return false;
  if (level && result.level !== level) return false;
  if (most && !((result.amount ?? (FREE.includes(result.offer) ? 0 : NaN)) <= Number(most))) return false;
  return true;
}

// What a course costs, in words where that is no amount.
function cost(result) {
  const now = price(result);
  if (now && result.amount === 0 && now === result.price) return form.dataset.free;
  return now ?? form.dataset[result.offer];
}

function part(name, text, attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  return Object.assign(element, attributes);
}

function row(result) {
  const item = document.createElement("li");
  item.append(part("a", result.title, { href: result.url }));
  const kind = form.querySelector(`[name=kind] option[value="${CSS.escape(result.kind)}"]`);
  if (kind) item.append(" ", part("span", kind.textContent, { className: "search-kind" }));
  const now = cost(result);
  if (now && result.from) item.append(" ", part("span", form.dataset.from, { className: "price-from" }));
  if (now) item.append(" ", part("span", now, { className: "price-now" }));
  if (result.description) item.append(part("p", result.description));
  return item;
}

function tell(count, meant) {
  status.textContent = count ? `${count} ${count === 1 ? status.dataset.one : status.dataset.other}` : status.dataset.none;
  if (meant) status.append(` ${status.dataset.meant} `, part("a", meant, { href: `?q=${encodeURIComponent(meant)}` }), "?");
}

function narrowTitles(query) {
  results.hidden = true;
  let count = 0;
  for (const item of items) {
    const { element, text } = item;
    element.hidden = !fits(item) || !query.every((word) => text.includes(word));
    if (!element.hidden) count += 1;
  }
  for (const section of titles) section.hidden = !section.querySelector("li:not([hidden])");
  if (query.length || Object.values(chosen()).some(Boolean)) tell(count);
  else status.textContent = "";
}

async function show() {
  const mine = ++turn;
  const query = words(field.value);
  if (!query.length) return narrowTitles([]);
  const open = await opened();
  if (mine !== turn) return;
  if (!open) return narrowTitles(query);
  let found;
  try {
    found = await open.find(field.value, { limit, fits });
  } catch {
    // The line went away: what was typed finds titles at least.
    return mine === turn && narrowTitles(query);
  }
  // An answer to something typed before comes too late.
  if (mine !== turn) return;
  for (const section of titles) section.hidden = true;
  list.replaceChildren(...found.results.map(row));
  results.hidden = !found.total;
  more.hidden = found.results.length === found.total;
  tell(found.total, found.meant);
}

function changed() {
  const url = new URL(location.href);
  for (const [name, value] of [["q", field.value.trim()], ...Object.entries(chosen())]) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  history.replaceState(null, "", url);
  limit = STEP;
  show();
}

const asked = new URLSearchParams(location.search);
field.value = asked.get("q") ?? "";
for (const filter of filters) {
  filter.value = asked.get(filter.name) ?? "";
  // An address may name what there is no choice for.
  if (filter.selectedIndex < 0) filter.value = "";
}
form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  list.querySelector("a")?.focus();
});
form.addEventListener("input", changed);
more.addEventListener("click", async () => {
  const before = list.children.length;
  limit += STEP;
  await show();
  list.children[before]?.querySelector("a").focus();
});
if (!field.value && matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
show();
