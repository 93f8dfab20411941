// A site that is built and served for a test, and a browser to open it in.
//
// SILABUS names the program, CHROMIUM the browser.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { PNG } from "pngjs";
import { serve } from "./server.mjs";

export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const NOW = "2026-11-22T08:00:00+07:00";
export const WIDTHS = { phone: 390, desktop: 1440 };
const PROGRAM = process.env.SILABUS ?? join(REPOSITORY, "target/debug/silabus");

/** One page of each kind of the example site. */
export const KINDS = {
  beranda: "/",
  artikel: "/artikel/backend-developer/",
  "daftar-artikel": "/artikel/",
  kursus: "/kursus/basic-python/",
  katalog: "/kursus/",
  karier: "/karier/backend-developer/",
  "daftar-karier": "/karier/",
  keahlian: "/keahlian/python/",
  pengajar: "/pengajar/sari-wulandari/",
  "daftar-pengajar": "/pengajar/",
  halaman: "/tentang/",
  tag: "/topik/",
  jadwal: "/jadwal/",
  acara: "/acara/klinik-portofolio/",
  "daftar-acara": "/acara/",
  cari: "/cari/",
  404: "/404.html",
};

/** Runs the program; its exit code must be 0. */
export function silabus(...args) {
  const run = spawnSync(PROGRAM, args, { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr + run.stdout);
  return run;
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function htmlFiles(root, below = "") {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) return htmlFiles(root, path);
      return entry.name.endsWith(".html") ? [path] : [];
    }),
  );
  return found.flat().sort();
}

/** The paths of all pages below `out`, but for redirects: they lead away before they can be looked at. */
async function pagesOf(out) {
  const pages = [];
  for (const path of await htmlFiles(out)) {
    const redirect = (await readFile(join(out, path), "utf8")).includes('http-equiv="refresh"');
    if (!redirect) pages.push("/" + path.replace(/index\.html$/, ""));
  }
  return pages;
}

/** Builds the site at `root` and serves it: `{ url, out, pages, close }`. */
export async function built(root = REPOSITORY, ...options) {
  const out = join(await mkdtemp(join(tmpdir(), "silabus-browser-")), "public");
  // The address must be known before the server is there: links of the pages hold it.
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  silabus("build", "--root", root, "--output-dir", out, "--base-url", address, "--now", NOW, ...options);
  return { ...(await serve(out, port)), out, pages: await pagesOf(out) };
}

/** Builds and serves a site in English that uses every block and setting of the theme, on `/about/`. */
export async function siteOfBlocks() {
  const root = join(await mkdtemp(join(tmpdir(), "silabus-blocks-")), "site");
  silabus("init", root, "--lang", "en");
  // The theme as it lies here: the program may hold an older one.
  await cp(join(REPOSITORY, "themes/akademi"), join(root, "themes/akademi"), { recursive: true });
  const settings = join(root, "silabus.toml");
  await writeFile(
    settings,
    (await readFile(settings, "utf8")).replace(
      "[extra]",
      `[extra]
whatsapp_button = true
announcement = { text = "New classes in March.", label = "See all courses", page = "@/courses/_index.md", until = "2026-12-31" }
social = ["https://www.instagram.com/example", { name = "Our videos", url = "https://www.youtube.com/@example" }]
analytics = '<meta name="counter" content="here">'`,
    ),
  );
  await mkdir(join(root, "static"), { recursive: true });
  await writeFile(join(root, "static/one.svg"), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="#888" d="M0 0h4v3H0z"/></svg>');
  await appendFile(
    join(root, "content/about.md"),
    `
{% <hero title="Start today" label="All courses" page="@/courses/_index.md" second_label="Elsewhere" second_url="https://example.org/"> %}
With **two** buttons.
{% </hero> %}

{% <cta title="Questions?" label="Ask us" url="https://example.org/ask"> %}
We answer within a day.
{% </cta> %}

{% <faq q="Is there a first question?"> %}
Yes, this one.
{% </faq> %}
{% <faq q="And a second?"> %}
Below it.
{% </faq> %}

{% <gallery> %}
![A grey field](/one.svg)

![Another grey field](/one.svg)
{% </gallery> %}

{% <testimonial name="Robin Example" role="Learner"> %}
It was worth it.
{% </testimonial> %}

{% <testimonial name="Somebody Else" consent=false> %}
Not to be told.
{% </testimonial> %}

{% <note kind="warning"> %}
Mind the gap.
{% </note> %}

{{<youtube id="abc_DEF-123" title="A lesson" />}}

https://youtu.be/xyz_DEF-456?t=90
`,
  );
  return built(root);
}

const SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="#888" d="M0 0h4v3H0z"/></svg>';

/** Builds a site in English with 41 courses on four pages, a logo and a favicon of dots and a drawing as picture; serves it elsewhere than it says. */
export async function siteOfMany() {
  const root = join(await mkdtemp(join(tmpdir(), "silabus-many-")), "site");
  silabus("init", root, "--lang", "en");
  await cp(join(REPOSITORY, "themes/akademi"), join(root, "themes/akademi"), { recursive: true });
  const settings = join(root, "silabus.toml");
  const own = '[extra]\nlogo = "dots.png"\nfavicon = "dots.png"';
  await writeFile(settings, (await readFile(settings, "utf8")).replace("[extra]", own) + "\n[social_cards]\nenabled = true\n");
  await mkdir(join(root, "static"), { recursive: true });
  await writeFile(join(root, "static/square.svg"), SQUARE);
  await writeFile(join(root, "static/dots.png"), PNG.sync.write(new PNG({ width: 32, height: 32 })));
  for (let number = 1; number <= 40; number += 1) {
    const level = number % 2 ? "beginner" : "advanced";
    const front = `title: Course ${number}\nimage: { src: /square.svg, alt: A grey field }\nlevel: ${level}\nmode: online\nprice: ${number}00000\nweight: ${number + 1}`;
    await writeFile(join(root, `content/courses/course-${number}.md`), `---\n${front}\n---\nOne of very many lessons.\n`);
  }
  const about = join(root, "content/about.md");
  await writeFile(about, (await readFile(about, "utf8")).replace("---", "---\nimage: { src: /square.svg, alt: A grey field }"));
  const out = join(root, "public");
  silabus("build", "--root", root, "--output-dir", out, "--now", NOW);
  return { ...(await serve(out)), out };
}

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** Opens a window and hands its page over, with a list that gathers what goes wrong in it. */
export async function visit(browser, site, { width = WIDTHS.desktop, scheme = "light", ...options }, look) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith("data:"))
      problems.push(`a request to somebody else: ${request.url()}`);
  });
  try {
    await look(page, problems);
  } finally {
    await context.close();
  }
}

/** By how many pixels the page is wider than its window. */
export const tooWide = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
