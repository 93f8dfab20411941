// The example site in a real browser: every page opens at phone and desktop width, in light and
// dark, without an error, a missing file, a dead link or a line that runs out of the window.
//
// SILABUS names the program; SCREENSHOTS a folder for pictures of one page of each kind.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const PROGRAM = process.env.SILABUS ?? join(REPOSITORY, "target/debug/silabus");
const WIDTHS = { phone: 390, desktop: 1440 };
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

let site, browser, pages;

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

before(async () => {
  const out = join(await mkdtemp(join(tmpdir(), "silabus-browser-")), "public");
  // The address must be known before the server is there: links of the pages hold it.
  site = { port: await freePort() };
  const address = `http://127.0.0.1:${site.port}`;
  const built = spawnSync(
    PROGRAM,
    ["build", "--root", REPOSITORY, "--output-dir", out, "--base-url", address, "--now", "2026-11-22T08:00:00+07:00"],
    { encoding: "utf8" },
  );
  assert.equal(built.status, 0, built.stderr + built.stdout);
  site = await serve(out, site.port);
  pages = [];
  for (const path of await htmlFiles(out)) {
    // Redirects lead away before they can be looked at; they have a test of their own.
    const redirect = (await readFile(join(out, path), "utf8")).includes('http-equiv="refresh"');
    if (!redirect) pages.push("/" + path.replace(/index\.html$/, ""));
  }
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  site?.close();
});

async function open(width, colorScheme, visit) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
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
    await visit(page, problems);
  } finally {
    await context.close();
  }
}

for (const [name, width] of Object.entries(WIDTHS)) {
  for (const scheme of ["light", "dark"]) {
    test(`every page opens at ${name} width, ${scheme}`, async () => {
      await open(width, scheme, async (page, problems) => {
        for (const path of pages) {
          await page.goto(site.url + path, { waitUntil: "load" });
          const { scroll, client } = await page.evaluate(() => ({
            scroll: document.documentElement.scrollWidth,
            client: document.documentElement.clientWidth,
          }));
          if (scroll > client) problems.push(`${path} is ${scroll - client} px too wide`);
        }
        assert.deepEqual(problems, []);
      });
    });
  }
}

test("every link of the site leads somewhere, also to its anchor", async () => {
  await open(WIDTHS.desktop, "light", async (page) => {
    const ids = new Map();
    const links = [];
    for (const path of pages) {
      await page.goto(site.url + path, { waitUntil: "domcontentloaded" });
      const [anchors, hrefs] = await page.evaluate(() => [
        [...document.querySelectorAll("[id]")].map((element) => element.id),
        [...document.querySelectorAll("a[href]")].map((link) => link.href),
      ]);
      ids.set(path, new Set(anchors));
      links.push(...hrefs.filter((href) => href.startsWith(site.url)).map((href) => [path, href]));
    }
    const dead = [];
    for (const [from, href] of new Map(links.map((link) => [link[1], link])).values()) {
      const url = new URL(href);
      const known = ids.get(url.pathname);
      if (known) {
        const anchor = decodeURIComponent(url.hash.slice(1));
        if (anchor && !known.has(anchor)) dead.push(`${from} → ${href}`);
      } else if ((await fetch(href)).status !== 200) {
        dead.push(`${from} → ${href}`);
      }
    }
    assert.deepEqual(dead, []);
    assert.ok(links.length > 500, `only ${links.length} links were seen`);
  });
});

test("styles are applied and prices are on the page", async () => {
  await open(WIDTHS.desktop, "light", async (page) => {
    await page.goto(`${site.url}/kursus/basic-python/`);
    const text = await page.innerText("main");
    assert.match(text, /Rp2\.425\.000/);
    const font = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
    assert.doesNotMatch(font, /^"?Times/);
  });
});

test("a missing page shows the site's own 404", async () => {
  await open(WIDTHS.phone, "light", async (page) => {
    const response = await page.goto(`${site.url}/tidak-ada/`);
    assert.equal(response.status(), 404);
    assert.ok((await page.locator("a[href]").count()) > 0);
  });
});

test("an old address leads on to the new one", async () => {
  await open(WIDTHS.phone, "light", async (page) => {
    await page.goto(`${site.url}/blog/backend-developer/`);
    await page.waitForURL(`${site.url}/artikel/backend-developer/`);
  });
});

const KINDS = {
  beranda: "/",
  artikel: "/artikel/backend-developer/",
  "daftar-artikel": "/artikel/",
  kursus: "/kursus/basic-python/",
  katalog: "/kursus/",
  halaman: "/tentang/",
  tag: "/tags/",
  404: "/404.html",
};

test("pictures of one page of each kind", { skip: !process.env.SCREENSHOTS && "SCREENSHOTS names no folder" }, async () => {
  await mkdir(process.env.SCREENSHOTS, { recursive: true });
  for (const [name, width] of Object.entries(WIDTHS)) {
    for (const scheme of ["light", "dark"]) {
      await open(width, scheme, async (page) => {
        for (const [kind, path] of Object.entries(KINDS)) {
          await page.goto(site.url + path, { waitUntil: "load" });
          const file = join(process.env.SCREENSHOTS, `${kind}-${name}-${scheme}.png`);
          await page.screenshot({ path: file, fullPage: true });
        }
      });
    }
  }
});
