// `silabus serve` in a real browser: files of the site are edited, and open pages follow.
//
// SILABUS names the program; LIVE_FILES is told of in preview/site.mjs.
import assert from "node:assert/strict";
import { rename, rm } from "node:fs/promises";
import { after, before, test } from "node:test";
import { ARTICLE, ARTICLE_PAGE, SENTENCE, preview, startBrowser, sync, until } from "./preview/site.mjs";

// Any part of the stylesheet; this one ends it.
const STYLES = "themes/akademi/sass/_doc.scss";

let browser;

before(async () => {
  browser = await startBrowser();
});

after(() => browser?.close());

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const scrolled = (page) => page.evaluate(() => scrollY);

test("a body edit appears at its place, no other page reloads, and no console says a word", async (t) => {
  const site = await preview(t, browser);
  const article = await site.open(ARTICLE_PAGE);
  const others = [await site.open("/"), await site.open("/artikel/"), await site.open("/tentang/")];
  await article.page.evaluate(() => scrollTo(0, 1500));
  await until("it is scrolled", async () => (await scrolled(article.page)) === 1500);
  for (const one of [article, ...others]) await one.mark();

  await site.edit(ARTICLE, SENTENCE, "Hasil kerja backend jarang terlihat pengguna begitu saja.");
  await article.shows("Hasil kerja backend jarang terlihat");
  await until("the scroll position is back", async () => Math.abs((await scrolled(article.page)) - 1500) <= 3);
  assert.equal(await article.marked(), false);
  assert.equal(article.loads, 2);

  await sync(site);
  for (const one of others) assert.ok(await one.marked(), `${one.path()} was loaded anew`);
  // They do hear of what changes them, and of nothing else before it.
  await site.edit("silabus.toml", 'title = "Akademi Nusa Kode"', 'title = "Akademi Kode Baru"');
  for (const one of others) {
    await one.shows("Akademi Kode Baru");
    assert.equal(one.loads, 2, one.path());
  }
  for (const one of [article, ...others]) {
    assert.deepEqual(one.problems, [], one.path());
    assert.equal(await one.page.locator("silabus-problems").count(), 0, one.path());
  }
});

const SHEET = 'href="{{ get_url(path=path, cachebust=true) | local }}" integrity="sha384-{{ get_hash(path=path) }}"';
const withoutHashes = (site) =>
  site.edit("themes/akademi/templates/components/site.html", SHEET, 'href="{{ get_url(path=path) | local }}"');
const sheets = (page) => page.locator("link[rel=stylesheet]").count();

test("styles are swapped without a reload where pages stay the same", async (t) => {
  const site = await preview(t, browser, withoutHashes);
  const { page, mark, marked, problems } = await site.open(ARTICLE_PAGE);
  await mark();
  const before = await ground(page);
  const count = await sheets(page);
  assert.notEqual(before, "rgb(1, 2, 3)");
  for (const color of ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]) {
    await site.write(STYLES, `body { background: ${color} !important; }\n`);
    await until(`the ground is ${color}`, async () => (await ground(page)) === color);
  }
  assert.ok(await marked(), "the page was loaded anew");
  await until("the old sheets are gone", async () => (await sheets(page)) === count);
  assert.deepEqual(problems, []);
});

test("styles that change again before they came are swapped for the last", async (t) => {
  const site = await preview(t, browser, withoutHashes);
  const { page } = await site.open(ARTICLE_PAGE);
  const all = await sheets(page);
  const waiting = [];
  await page.route(/main\.css\?silabus=/, (route) => waiting.push(route));
  for (const [count, color] of [[1, "rgb(1, 2, 3)"], [2, "rgb(4, 5, 6)"]]) {
    await site.write(STYLES, `body { background: ${color} !important; }\n`);
    await until("the new styles are asked for", () => waiting.length >= count);
  }
  for (const route of waiting.splice(0).reverse()) await route.continue();
  await page.unroute(/main\.css\?silabus=/);
  await until("the ground is the last", async () => (await ground(page)) === "rgb(4, 5, 6)");
  await until("each sheet is there once", async () => (await sheets(page)) === all);
});

test("styles whose address holds their hash are swapped too, and the page stays", async (t) => {
  const site = await preview(t, browser);
  const article = await site.open(ARTICLE_PAGE);
  await article.page.evaluate(() => scrollTo(0, 1500));
  await site.write(STYLES, "body { background: rgb(1, 2, 3) !important; }\n");
  await until("the ground is other", async () => (await ground(article.page).catch(() => "")) === "rgb(1, 2, 3)");
  assert.equal(article.loads, 1);
  assert.ok(Math.abs((await scrolled(article.page)) - 1500) <= 3);
});

test("a picture is swapped in all its sizes without a reload", async (t) => {
  const drawing = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="30"/>\n`;
  const shown = '<picture><source srcset="/uji.svg?a 1x, /lain.svg 2x"><img id="uji" alt="" src="/uji.svg" srcset="/uji.svg 1x,\n/uji.svg?b 2x"></picture>';
  const site = await preview(t, browser, async (site) => {
    for (const name of ["static/uji.svg", "static/lain.svg"]) await site.write(name, drawing(40));
    await site.edit(ARTICLE, SENTENCE, `${SENTENCE}\n\n${shown}\n`);
  });
  const { page, mark, marked, problems } = await site.open(ARTICLE_PAGE);
  await mark();
  const width = () => page.evaluate(() => document.getElementById("uji").naturalWidth);
  await until("the picture is there", async () => (await width()) === 40);
  await site.write("static/uji.svg", drawing(50));
  await until("the picture is the new one", async () => (await width()) === 50);
  const sets = await page.evaluate(() => [...document.querySelectorAll("picture:has(#uji) > *")].map((one) => one.srcset.replaceAll(/silabus=\w+/g, "new")));
  const fresh = (path, mark = "") => `${site.url}/${path}?${mark}new`;
  assert.deepEqual(sets, [
    `${fresh("uji.svg", "a=&")} 1x, /lain.svg 2x`,
    `${fresh("uji.svg")} 1x, ${fresh("uji.svg", "b=&")} 2x`,
  ]);
  assert.ok(await marked(), "the page was loaded anew");
  assert.deepEqual(problems, []);
});

test("a title edit reaches the list in another tab", async (t) => {
  const site = await preview(t, browser);
  const list = await site.open("/artikel/");
  const article = await site.open(ARTICLE_PAGE);
  await site.edit(ARTICLE, "Backend Developer: Pengertian", "Insinyur Belakang: Pengertian");
  await list.shows("Insinyur Belakang: Pengertian");
  await article.shows("Insinyur Belakang: Pengertian");
  assert.equal(list.loads, 2);
});

test("a page takes its browser along when its slug changes or its file is renamed", async (t) => {
  const site = await preview(t, browser);
  const article = await site.open(ARTICLE_PAGE);
  const other = await site.open("/tentang/");
  await other.mark();
  await article.page.evaluate(() => scrollTo(0, 1500));
  await site.edit(ARTICLE, "date: 2026-11-20", "slug: belakang\ndate: 2026-11-20");
  await article.page.waitForURL(`${site.url}/artikel/belakang/`);
  await article.shows(SENTENCE);
  await until("the scroll position is back", async () => Math.abs((await scrolled(article.page)) - 1500) <= 3);

  await rename(site.path("content/artikel/data-analyst.md"), site.path("content/artikel/analis-data.md"));
  const analyst = await site.open("/artikel/analis-data/");
  await rename(site.path("content/artikel/analis-data.md"), site.path("content/artikel/analis.md"));
  await analyst.page.waitForURL(`${site.url}/artikel/analis/`);
  await analyst.page.locator("h1").waitFor();
  assert.ok(await other.marked(), "another page was loaded anew");
});

test("a deleted page and a misspelt address name near pages", async (t) => {
  const site = await preview(t, browser);
  const article = await site.open("/artikel/wawancara-teknis/");
  await rm(site.path("content/artikel/wawancara-teknis.md"));
  await until("it is gone", async () => (await fetch(site.url + article.path())).status === 404);
  await article.shows("Nothing is here");
  // A page that is written at an address where somebody waits for it comes by itself.
  await site.write("content/artikel/wawancara-teknis.md", "---\ntitle: Lagi\n---\nTertulis kembali.\n");
  await article.shows("Tertulis kembali.");

  const misspelt = await site.open("/artikel/bakend-developer/");
  assert.equal(misspelt.response.status(), 404);
  await misspelt.page.locator(`a[href="${ARTICLE_PAGE}"]`).click();
  await misspelt.shows(SENTENCE);
});

test("a page that is deleted while it is open goes by itself", async (t) => {
  const site = await preview(t, browser);
  const article = await site.open("/artikel/wawancara-teknis/");
  await rm(site.path("content/artikel/wawancara-teknis.md"));
  await article.page.getByRole("heading", { name: "Nothing is here" }).waitFor();
});

test("under localhost the page has its styles, at the address that it names", async (t) => {
  const site = await preview(t, browser);
  const { page, problems } = await site.open("/tentang/");
  const expected = await ground(page);
  await page.goto(`${site.url.replace("127.0.0.1", "localhost")}/tentang/?a=1`);
  assert.equal(page.url(), `${site.url}/tentang/?a=1`);
  assert.equal(await ground(page), expected);
  assert.notEqual(expected, "rgba(0, 0, 0, 0)");
  assert.deepEqual(problems, []);
});

test("a page that breaks stays in its list, and mended to what it was it reloads nothing", async (t) => {
  const site = await preview(t, browser);
  const list = await site.open("/artikel/");
  const article = await site.open(ARTICLE_PAGE);
  await list.mark();
  await article.mark();
  const title = "Backend Developer: Pengertian";
  await site.edit(ARTICLE, "date: 2026-11-20", "date: kemarin");
  await article.overlay();
  await list.shows(title);
  await article.shows(SENTENCE);
  await site.edit(ARTICLE, "date: kemarin", "date: 2026-11-20");
  await article.mended();
  await sync(site);
  assert.ok(await list.marked(), "the list was loaded anew");
  assert.ok(await article.marked(), "the article was loaded anew");
});
