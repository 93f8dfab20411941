// The example site in a real browser: every page opens at phone and desktop width, in light and
// dark, without an error, a missing file, a dead link or a line that runs out of the window.
//
// SCREENSHOTS names a folder for pictures of one page of each kind.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { KINDS, WIDTHS, built, startBrowser, tooWide, visit } from "./example.mjs";

let site, browser, pages;

before(async () => {
  [site, browser] = await Promise.all([built(), startBrowser()]);
  pages = site.pages;
});

after(async () => {
  await browser?.close();
  site?.close();
});

const open = (width, scheme, look) => visit(browser, site, { width, scheme }, look);

for (const [name, width] of Object.entries(WIDTHS)) {
  for (const scheme of ["light", "dark"]) {
    test(`every page opens at ${name} width, ${scheme}`, async () => {
      await open(width, scheme, async (page, problems) => {
        for (const path of pages) {
          await page.goto(site.url + path, { waitUntil: "load" });
          const over = await tooWide(page);
          if (over > 0) problems.push(`${path} is ${over} px too wide`);
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
