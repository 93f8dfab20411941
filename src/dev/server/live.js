// Keeps an open page equal to its source: fetches it anew when it changed, swaps styles and
// images in place, goes along when it moves, and shows what is wrong over the last good page.
//
// All text of others goes through textContent; nothing here is ever parsed as HTML.
(() => {
  "use strict";

  const SCROLL = "silabus:scroll";
  const AGAIN = 1000; // milliseconds between two tries to reach the server
  const HIDDEN = 20000; // milliseconds after which a page that nobody sees is left alone

  // The pages of the preview itself say which they are.
  const kind = document.documentElement.dataset.silabus || "";

  // ---- the page ----

  function pathOf(address) {
    return new URL(address, location.href).pathname;
  }

  function keepScroll(path) {
    const place = { path, x: scrollX, y: scrollY };
    try {
      sessionStorage.setItem(SCROLL, JSON.stringify(place));
    } catch {
      // Without storage the page begins at its top.
    }
  }

  function keptScroll() {
    try {
      const place = JSON.parse(sessionStorage.getItem(SCROLL));
      sessionStorage.removeItem(SCROLL);
      return place && place.path === location.pathname ? place : null;
    } catch {
      return null;
    }
  }

  function restoreScroll() {
    const place = keptScroll();
    if (!place) return;
    const go = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    go();
    const reached = scrollY;
    // Images may have made the page longer since; whoever has scrolled meanwhile stays.
    const later = () => scrollY === reached && go();
    if (document.readyState !== "complete") addEventListener("load", later, { once: true });
  }

  function reload() {
    keepScroll(location.pathname);
    location.reload();
  }

  function move(to) {
    // An address of this site and no other: one slash, then a name.
    if (typeof to !== "string" || !/^\/(?![/\\])/.test(to)) return;
    keepScroll(to);
    location.replace(to + location.search + location.hash);
  }

  // ---- styles and images ----

  function fresh(address) {
    const url = new URL(address, location.href);
    url.searchParams.set("silabus", Date.now().toString(36));
    return url.href;
  }

  function isOne(address, files) {
    if (!address) return false;
    const url = new URL(address, location.href);
    return url.origin === location.origin && files.has(url.pathname);
  }

  const older = new WeakMap(); // stylesheets to those in whose place they come

  // The old stylesheet stays until the new one is there, so that nothing flickers. A newer one
  // may come before that: it takes the place of both.
  function swapStyle(link) {
    const next = link.cloneNode();
    next.href = fresh(link.href);
    next.removeAttribute("integrity");
    const done = () => {
      for (let old = link; old; old = older.get(old)) old.remove();
    };
    next.addEventListener("load", done, { once: true });
    // What cannot be had takes nothing away.
    next.addEventListener("error", () => next.remove(), { once: true });
    older.set(next, link);
    link.after(next);
  }

  function swapSet(set, files) {
    const one = (candidate) => {
      const [address, ...size] = candidate.trim().split(/\s+/);
      return [isOne(address, files) ? fresh(address) : address, ...size].join(" ");
    };
    return set.split(/,\s+/).map(one).join(", ");
  }

  function swapImage(image, files) {
    for (const name of ["src", "poster"]) {
      const address = image.getAttribute(name);
      if (isOne(address, files)) image.setAttribute(name, fresh(address));
    }
    const set = image.getAttribute("srcset");
    if (set) image.setAttribute("srcset", swapSet(set, files));
  }

  function addresses(element) {
    const set = (element.getAttribute("srcset") || "").split(/,\s+/);
    const candidates = set.map((candidate) => candidate.trim().split(/\s+/)[0]);
    return [element.getAttribute("src"), element.getAttribute("poster"), ...candidates];
  }

  // Swaps what can be swapped; a script, a font, or an image that only a stylesheet names asks
  // for the whole page. What a script fetched for itself, such as a search index, does not.
  function swap(list) {
    const files = new Set(list);
    const swapped = new Set();
    const sheets = [...document.querySelectorAll("link[rel~=stylesheet]")];
    const leaving = new Set(sheets.map((link) => older.get(link)));
    for (const link of sheets) {
      if (leaving.has(link) || !isOne(link.href, files)) continue;
      swapped.add(pathOf(link.href));
      swapStyle(link);
    }
    for (const image of document.querySelectorAll("img, source, video")) {
      const used = addresses(image).filter((address) => isOne(address, files));
      used.forEach((address) => swapped.add(pathOf(address)));
      if (used.length) swapImage(image, files);
    }
    const fetched = ["fetch", "xmlhttprequest", "beacon", "other"];
    const loaded = performance.getEntriesByType("resource");
    const left = loaded.filter(
      (entry) =>
        !fetched.includes(entry.initiatorType) &&
        isOne(entry.name, files) &&
        !swapped.has(pathOf(entry.name)),
    );
    const scripts = [...document.scripts].filter((script) => isOne(script.src, files));
    if (left.length || scripts.length) reload();
  }

  // ---- what is wrong ----

  const STYLE = `
:host { all: initial; color-scheme: light dark; }
@media print { :host { display: none; } }
* { box-sizing: border-box; }
.badge, .panel {
  --text: #1c1e21; --quiet: #565b63; --ground: #fff; --code: #f1f2f4; --line: #c9ccd1;
  --error: #b3261e; --warning: #855300; --link: #0b57d0;
  position: fixed; z-index: 2147483647; color: var(--text); background: var(--ground);
  font: 16px/1.5 system-ui, sans-serif; text-align: left; border: 1px solid var(--line);
}
@media (prefers-color-scheme: dark) {
  .badge, .panel {
    --text: #e6e7ea; --quiet: #a5abb5; --ground: #17191c; --code: #24272c; --line: #444950;
    --error: #ff8a80; --warning: #ffc266; --link: #8ab4f8;
  }
}
[hidden] { display: none !important; }
button { font: inherit; color: inherit; background: none; cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.badge {
  right: 12px; bottom: 12px; padding: 6px 14px; border-radius: 20px; font-size: 14px;
  box-shadow: 0 2px 8px rgb(0 0 0 / 25%);
}
.badge.error { color: var(--error); }
.badge.warning { color: var(--warning); }
.panel {
  left: 50%; bottom: 0; transform: translateX(-50%); width: min(1080px, 100%);
  max-height: 75vh; display: flex; flex-direction: column; border-radius: 10px 10px 0 0;
  box-shadow: 0 -4px 24px rgb(0 0 0 / 35%);
}
header {
  display: flex; align-items: center; justify-content: space-between; gap: 12px;
  padding: 10px 16px; border-bottom: 1px solid var(--line);
}
h2, h3, p, ol { margin: 0; padding: 0; }
h2 { font-size: 17px; }
h3 { font-size: 16px; overflow-wrap: anywhere; }
.close { border: 1px solid var(--line); border-radius: 6px; padding: 4px 12px; }
ol { list-style: none; overflow-y: auto; padding: 0 16px 16px; }
li { margin-top: 16px; padding-left: 12px; border-left: 4px solid var(--error); }
li.warning { border-color: var(--warning); }
li p { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 12px; font-size: 14px; color: var(--quiet); }
.severity { color: var(--error); font-weight: 600; }
.warning .severity { color: var(--warning); }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
code { overflow-wrap: anywhere; }
pre {
  /* A shade at the side where more text is; the ground moves with the text and covers it. */
  --cover: var(--code) 24px, transparent; --shade: rgb(0 0 0 / 25%), transparent;
  margin: 8px 0 0; padding: 10px; overflow-x: auto; border-radius: 6px;
  background:
    linear-gradient(to right, var(--cover)) left / 48px 100% local,
    linear-gradient(to left, var(--cover)) right / 48px 100% local,
    linear-gradient(to right, var(--shade)) left / 14px 100% scroll,
    linear-gradient(to left, var(--shade)) right / 14px 100% scroll,
    var(--code);
  background-repeat: no-repeat;
}
a { color: var(--link); }
`;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function count(number, word) {
    return `${number} ${word}${number === 1 ? "" : "s"}`;
  }

  function summary(problems) {
    const errors = problems.filter((problem) => problem.severity === "error").length;
    const warnings = problems.length - errors;
    const parts = [];
    if (errors) parts.push(count(errors, "error"));
    if (warnings) parts.push(count(warnings, "warning"));
    return parts.join(", ");
  }

  function place(problem) {
    const numbers = [problem.line, problem.column].filter((number) => number > 0);
    return [problem.file, ...numbers].join(":");
  }

  function item(problem) {
    const facts = element(
      "p",
      {},
      element("span", { className: "severity", textContent: problem.severity }),
      element("code", { textContent: problem.code }),
    );
    if (problem.file) facts.append(element("code", { textContent: place(problem) }));
    if (problem.editor) {
      facts.append(element("a", { href: problem.editor, textContent: "Open in editor" }));
    }
    const made = element("li", { className: problem.severity });
    made.append(element("h3", { textContent: problem.message }), facts);
    const text = excerpt(problem);
    if (text) made.append(element("pre", { tabIndex: 0, textContent: text }));
    return made;
  }

  // Without the lines that say again what stands above it.
  function excerpt(problem) {
    const lines = problem.excerpt.trimEnd().split("\n");
    const heading = `${problem.severity}[${problem.code}]: ${problem.message}`;
    for (const known of [heading, `╭▸ ${place(problem)}`, "│"]) {
      if (lines.length && lines[0].trim() === known) lines.shift();
    }
    return lines.join("\n");
  }

  let view = null; // the badge and the panel, once there was something to show
  let asked = false; // whether someone opened the panel, rather than an error
  let before = null; // what had the focus before the panel took it

  function makeView() {
    const host = document.createElement("silabus-problems");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const badge = element("button", { type: "button", className: "badge" });
    const title = element("h2", { id: "title" });
    const close = element("button", { type: "button", className: "close", textContent: "Close" });
    const list = element("ol", {});
    const panel = element("div", { className: "panel", tabIndex: -1, hidden: true });
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-labelledby", "title");
    panel.append(element("header", {}, title, close), list);
    badge.setAttribute("aria-haspopup", "dialog");
    title.setAttribute("role", "alert");
    root.append(badge, panel);
    badge.addEventListener("click", ask);
    close.addEventListener("click", shut);
    document.documentElement.append(host);
    return { host, badge, title, list, panel };
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && view && !view.panel.hidden) shut();
  });

  function open() {
    view.panel.hidden = false;
    view.badge.hidden = true;
  }

  function ask() {
    asked = true;
    before = document.activeElement;
    open();
    view.panel.focus();
  }

  function shut() {
    asked = false;
    view.panel.hidden = true;
    view.badge.hidden = false;
    if (before && before.isConnected) before.focus({ preventScroll: true });
    before = null;
  }

  function show(problems) {
    if (!problems.length) {
      if (view) shut();
      if (view) view.host.remove();
      view = null;
      return;
    }
    view = view || makeView();
    const text = summary(problems);
    const errors = problems.some((problem) => problem.severity === "error");
    view.badge.textContent = text;
    view.badge.className = errors ? "badge error" : "badge warning";
    view.title.textContent = text;
    view.list.replaceChildren(...problems.map(item));
    // Errors ask for attention, but never take the focus from what is being typed. Once only
    // warnings are left, what opened by itself goes by itself.
    if (errors) open();
    else if (!asked) shut();
  }

  // ---- the stream ----

  // The state that this page was served from, by a header that scripts can read.
  let since = (() => {
    const [page] = performance.getEntriesByType("navigation");
    const timing = page && page.serverTiming;
    const entry = timing && [...timing].find((one) => one.name === "silabus");
    return entry ? entry.description : "";
  })();
  let stream = null;
  let timer = 0;
  let known = null; // the problems that were told last, as text

  function told(text) {
    // They are told again after each connect; a panel that was closed stays closed.
    if (text === known) return;
    // The page of errors is made of them: it comes anew rather than show them twice.
    if (kind !== "broken") show(JSON.parse(text));
    else if (known !== null) reload();
    known = text;
  }

  function connect() {
    clearTimeout(timer);
    if (stream || document.hidden) return;
    const page = location.pathname.replace(/&/g, "%26");
    stream = new EventSource(`/_silabus/events?page=${page}&since=${encodeURIComponent(since)}`);
    const on = (name, act) => {
      stream.addEventListener(name, (event) => act(JSON.parse(event.data)));
    };
    on("hello", (data) => {
      if (kind === "broken" && since && since !== data.shown) reload();
      since = since || data.shown;
    });
    on("reload", reload);
    on("moved", (data) => move(data.to));
    on("assets", (data) => swap(data.files));
    stream.addEventListener("problems", (event) => told(event.data));
    stream.addEventListener("error", () => {
      disconnect();
      timer = setTimeout(connect, AGAIN);
    });
  }

  function disconnect() {
    clearTimeout(timer);
    if (stream) stream.close();
    stream = null;
  }

  // Browsers open six connections to a server: pages that nobody sees must not use them up.
  // What they miss they hear when they are seen again.
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(disconnect, HIDDEN);
    else connect();
  });
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);

  restoreScroll();
  connect();
})();
