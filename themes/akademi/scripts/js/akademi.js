// What every page can do with a script. Nothing on it needs one.

import "./_prices.js";

const root = document.documentElement;
const stored = {
  get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private windows may keep nothing */ } },
  drop: (key) => { try { localStorage.removeItem(key); } catch { /* as above */ } },
};

// Light and dark: what the reader chose, else what the system says. Choosing what the system says anyway is no choice.
const system = matchMedia("(prefers-color-scheme: dark)");
const shown = () => root.dataset.theme ?? (system.matches ? "dark" : "light");

// The sun leads to the light, the moon to the dark.
const SUN = "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5";
const MOON = "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z";

for (const button of document.querySelectorAll(".theme-button")) {
  const tell = () => {
    const dark = shown() === "dark";
    button.setAttribute("aria-pressed", String(dark));
    button.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${dark ? SUN : MOON}"/></svg>`;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = shown() === "dark" ? "light" : "dark";
    if (next === (system.matches ? "dark" : "light")) {
      delete root.dataset.theme;
      stored.drop("theme");
    } else {
      root.dataset.theme = next;
      stored.set("theme", next);
    }
    tell();
  });
  system.addEventListener("change", tell);
  tell();
}

// An announcement that was closed stays closed until it says something else.
const notice = document.querySelector("[data-announcement]");
if (notice) {
  const says = notice.querySelector("p").textContent;
  const close = notice.querySelector("button");
  close.hidden = false;
  notice.hidden = stored.get("announcement") === says;
  close.addEventListener("click", () => {
    notice.hidden = true;
    stored.set("announcement", says);
  });
}

// A video comes from its host when somebody asks for it, not before.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-youtube]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  const { youtube, start } = link.dataset;
  frame.src = `https://www.youtube-nocookie.com/embed/${encodeURIComponent(youtube)}?autoplay=1${start ? `&start=${start}` : ""}`;
  frame.title = link.querySelector(".video-play + span").textContent;
  frame.allow = "autoplay; encrypted-media; picture-in-picture; fullscreen";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(frame);
  frame.focus();
});

// The bar with the way in stays away while the button in the page is in sight.
const bar = document.querySelector(".enrol-bar");
const button = document.querySelector(".offer .button");
if (bar && button) {
  new IntersectionObserver(([entry]) => {
    bar.classList.toggle("enrol-bar-away", entry.isIntersecting);
  }).observe(button);
}

// What scrolls sideways can be reached by keyboard.
for (const box of document.querySelectorAll(".prose pre, .prose table, .table-box")) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

// The table of contents shows where one is.
const entries = new Map();
for (const link of document.querySelectorAll(".toc a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) entries.set(heading, link);
}
if (entries.size) {
  const mark = () => {
    let here = null;
    for (const [heading, link] of entries) {
      if (heading.getBoundingClientRect().top < innerHeight / 3) here = link;
    }
    for (const link of entries.values()) {
      if (link === here) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();
}
