// Filters and sorting of the catalogue. The choice stands in the address, so that it can be shared and goes with back and forward.

const GROUPS = ["level", "mode", "price", "category", "skill", "instructor"];
const NAMED = ["category", "skill", "instructor"]; // by the courses themselves
const catalogue = document.querySelector("[data-catalogue]");
const form = catalogue.querySelector("form");
const bar = catalogue.querySelector(".catalogue-bar");
const list = catalogue.querySelector(".course-grid");
const status = bar.querySelector("[role=status]");
const reset = bar.querySelector("button");
const sort = bar.querySelector("select");
const badge = form.querySelector(".filter-badge");
const boxes = (group) => [...form.querySelectorAll(`input[name="${group}"]`)];

let items = [...list.children].map(read);

function read(element) {
  const { title, level, mode, price, priceThen, offer, category, skill, instructor, start } = element.dataset;
  const list = (text) => (text ? text.split("|") : []);
  const free = offer === "free" || offer === "partially_free";
  return {
    element,
    title,
    // As it is shown: `_prices.js` takes the date away from a promo that has ended.
    get amount() {
      const shown = priceThen && !element.querySelector("[data-valid-until]") ? priceThen : price;
      return shown ? Number(shown) : Infinity;
    },
    start: start ?? "9999",
    level: list(level),
    mode: list(mode),
    price: [offer === "on_request" ? offer : free ? "free" : "paid"],
    category: category ? [category] : [],
    skill: list(skill),
    instructor: list(instructor),
  };
}

// The pages before or after this one of a list that is split, from the nearest on.
async function rest(side) {
  const pages = [];
  for (let page = catalogue; page.dataset[side]; pages.push(page)) {
    const response = await fetch(page.dataset[side]);
    page = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-catalogue]");
  }
  return pages.map((page) => [...page.querySelectorAll(".course-grid > li")]);
}

async function addRest() {
  const [before, after] = await Promise.all([rest("previous"), rest("next")]);
  const take = (pages) => pages.flat().map((element) => read(document.adoptNode(element)));
  items = [...take(before.reverse()), ...items, ...take(after)];
  for (const other of document.querySelectorAll(".paginator")) other.hidden = true;
  addNames();
  fromAddress();
  dispatchEvent(new Event("prices"));
}

function addNames() {
  for (const group of NAMED) {
    const known = new Set(boxes(group).map((box) => box.value));
    const names = [...new Set(items.flatMap((item) => item[group]))].sort((a, b) => a.localeCompare(b, document.documentElement.lang));
    for (const name of names) {
      if (known.has(name)) continue;
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", name: group, value: name });
      label.append(box, name + " ", document.createElement("span"));
      form.querySelector(`[data-group="${group}"]`).append(label);
    }
  }
}

const chosen = () => Object.fromEntries(GROUPS.map((group) => [group, boxes(group).filter((box) => box.checked).map((box) => box.value)]));
const fits = (item, choice, but) =>
  GROUPS.every((group) => group === but || !choice[group].length || choice[group].some((value) => item[group].includes(value)));

const ORDERS = {
  start: (a, b) => a.start.localeCompare(b.start),
  price: (a, b) => (a.amount < b.amount ? -1 : a.amount > b.amount ? 1 : 0),
  "price-desc": (a, b) => {
    const [x, y] = [a.amount, b.amount].map((amount) => (amount === Infinity ? -1 : amount));
    return y - x;
  },
  title: (a, b) => a.title.localeCompare(b.title, document.documentElement.lang),
};

function show() {
  const choice = chosen();
  const order = ORDERS[sort.value];
  const found = items.filter((item) => fits(item, choice));
  for (const item of items) item.element.hidden = !found.includes(item);
  list.append(...(order ? [...items].sort(order) : items).map((item) => item.element));
  const one = found.length === 1;
  status.textContent = found.length ? `${found.length} ${one ? status.dataset.one : status.dataset.other}` : status.dataset.none;
  for (const group of GROUPS) {
    // How many there would be with this one: the group's own choices are not counted against it.
    for (const box of boxes(group)) {
      const count = items.filter((item) => item[group].includes(box.value) && fits(item, choice, group)).length;
      box.parentElement.lastElementChild.textContent = count;
      box.parentElement.classList.toggle("filter-none", count === 0);
      box.parentElement.hidden = !box.checked && !items.some((item) => item[group].includes(box.value));
    }
    const labels = [...form.querySelectorAll(`[data-group="${group}"] label`)].filter((label) => !label.hidden);
    form.querySelector(`[data-group="${group}"]`).hidden = labels.length < 2 && !choice[group].length;
  }
  form.hidden = !form.querySelector("fieldset:not([hidden])");
  const count = GROUPS.reduce((sum, group) => sum + choice[group].length, 0);
  badge.textContent = count;
  badge.hidden = reset.hidden = count === 0;
}

function toAddress() {
  const url = new URL(location.href);
  const choice = chosen();
  for (const group of GROUPS) {
    url.searchParams.delete(group);
    for (const value of choice[group]) url.searchParams.append(group, value);
  }
  if (sort.value) url.searchParams.set("sort", sort.value);
  else url.searchParams.delete("sort");
  if (url.href !== location.href) history.pushState(null, "", url);
}

function fromAddress() {
  const query = new URLSearchParams(location.search);
  for (const group of GROUPS) {
    const values = query.getAll(group);
    for (const box of boxes(group)) box.checked = values.includes(box.value);
  }
  sort.value = ORDERS[query.get("sort")] ? query.get("sort") : "";
  show();
}

function changed() {
  toAddress();
  show();
}

form.addEventListener("change", changed);
form.addEventListener("submit", (event) => event.preventDefault());
sort.addEventListener("change", changed);
reset.addEventListener("click", () => {
  form.reset();
  changed();
  form.querySelector("input").focus();
});
addEventListener("popstate", fromAddress);

// On a narrow screen the filters wait behind their line.
const narrow = matchMedia("(max-width: 63.99rem)");
const fold = () => { form.firstElementChild.open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();

addNames();
bar.hidden = false;
fromAddress();
const { previous, next } = catalogue.dataset;
// Without the others the links to them stay, and this page has its own filters.
if (previous || next) addRest().catch(() => {});
