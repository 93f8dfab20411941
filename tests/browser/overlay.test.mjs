// What `silabus serve` shows in a real browser while something is wrong, and after it is mended.
//
// SILABUS names the program; SCREENSHOTS a folder for pictures of the overlay and the pages of
// the preview; LIVE_FILES is told of in preview/site.mjs.
import assert from "node:assert/strict";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ARTICLE, ARTICLE_PAGE, SENTENCE, preview, startBrowser, until } from "./preview/site.mjs";

const TEMPLATE = "themes/akademi/templates/article.html";
const MARKUP = "<img src=x onerror=window.pwned=1>";
const BROKEN = `---\ntitle: "Baru\ndate: 2026-11-21\nsources:\n  - title: Contoh\n    url: https://contoh.example/\n---\nIsi halaman baru.\n`;

let browser;

before(async () => {
  browser = await startBrowser();
});

after(() => browser?.close());

/** The problem in the overlay that lies in a file. */
async function problem(panel, file) {
  const item = panel.locator("li").filter({ hasText: file }).first();
  await item.waitFor({ state: "attached" });
  const code = await item.locator("code").allInnerTexts();
  return {
    message: await item.locator("h3").innerText(),
    code: code[0],
    place: code[1],
    excerpt: await item.locator("pre").innerText(),
    editor: await item.getByRole("link", { name: "Open in editor" }).getAttribute("href"),
  };
}

test("a fault in front matter is shown over the last good page until it is mended", async (t) => {
  const site = await preview(t, browser);
  const article = await site.open(ARTICLE_PAGE);
  await site.edit(ARTICLE, 'title: "Backend Developer: ', 'title: "Backend Developer: "');
  await article.overlay();
  const found = await problem(article.panel, ARTICLE);
  assert.match(found.code, /^[a-z-]+$/);
  assert.ok(found.message.length > 10, found.message);
  assert.match(found.place, /^content\/artikel\/backend-developer\.md:2:\d+$/);
  assert.match(found.excerpt, /2 │ title: "Backend Developer: "/);
  const column = found.place.split(":").pop();
  assert.equal(found.editor, `vscode://file${site.path(ARTICLE)}:2:${column}`);
  assert.match(await article.page.innerText("main"), new RegExp(SENTENCE));
  assert.match(await article.page.innerText("h1"), /^Backend Developer: Pengertian/);

  await site.edit(ARTICLE, 'title: "Backend Developer: "', 'title: "Pengembang Backend: ');
  await article.mended();
  await article.page.getByRole("heading", { level: 1, name: /^Pengembang Backend/ }).waitFor();
});

test("the overlay closes by its button and by Escape, and opens again from its badge", async (t) => {
  const site = await preview(t, browser);
  const about = await site.open("/tentang/");
  const { page, panel, overlay, mended, problems } = about;
  await site.edit(ARTICLE, "date: 2026-11-20", "date: [2026-11-20");
  await overlay();
  const badge = page.locator("silabus-problems .badge");
  await panel.getByRole("button", { name: "Close" }).click();
  await panel.waitFor({ state: "hidden" });
  assert.equal(await badge.innerText(), "1 error");
  await badge.click();
  await overlay();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
  await badge.click();
  await site.edit(ARTICLE, "date: [2026-11-20", "date: 2026-11-20");
  await mended();
  // Nothing is left that could be closed.
  await page.keyboard.press("Escape");
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  assert.deepEqual(problems, []);
  assert.equal(about.loads, 1, "nothing in this page changed");
});

test("an overlay that came by itself goes when only warnings are left", async (t) => {
  const site = await preview(t, browser);
  const { page, panel, overlay, mended } = await site.open(ARTICLE_PAGE);
  const badge = page.locator("silabus-problems .badge");
  await site.edit(ARTICLE, "date: 2026-11-20", "tanggal: 2026\ndate: 2026-11-20");
  await badge.filter({ hasText: /^1 warning$/ }).waitFor();
  assert.ok(await panel.isHidden(), "a warning covers the page");
  await site.edit("silabus.toml", 'title = "Akademi', "title = Akademi");
  await overlay();
  await site.edit("silabus.toml", "title = Akademi", 'title = "Akademi');
  await badge.filter({ hasText: /^1 warning$/ }).waitFor();
  assert.ok(await panel.isHidden(), "the overlay covers the page still");
  // Whoever opened it keeps it.
  await badge.click();
  await site.edit("content/tentang.md", "title:", "judul: x\ntitle:");
  await panel.getByText("2 warnings").waitFor();
  await site.edit("content/tentang.md", "judul: x\n", "");
  await site.edit(ARTICLE, "tanggal: 2026\n", "");
  await mended();
});

test("a fault in a template is shown over the last good page until it is mended", async (t) => {
  const site = await preview(t, browser);
  const article = await site.open(ARTICLE_PAGE);
  await site.edit(TEMPLATE, "{% block", "{% blok");
  await article.overlay();
  const found = await problem(article.panel, TEMPLATE);
  assert.match(found.code, /^[a-z-]+$/);
  assert.match(found.place, /^themes\/akademi\/templates\/article\.html:\d+:\d+$/);
  assert.match(found.excerpt, /\{% blok/);
  assert.ok(found.editor.startsWith(`vscode://file${site.path(TEMPLATE)}:`), found.editor);
  assert.match(await article.page.innerText("main"), new RegExp(SENTENCE));
  await site.edit(TEMPLATE, "{% blok", "{% block");
  await article.mended();
  assert.match(await article.page.innerText("main"), new RegExp(SENTENCE));
});

test("a page that never was shows what is wrong at its address, then itself", async (t) => {
  const site = await preview(t, browser);
  const start = await site.open("/");
  await site.write("content/artikel/baru.md", BROKEN);
  await start.overlay();
  const fresh = await site.open("/artikel/baru/");
  assert.equal(fresh.response.status(), 500);
  await fresh.shows("content/artikel/baru.md:2:");
  const editor = fresh.page.getByRole("link", { name: "Open in editor" });
  assert.match(await editor.getAttribute("href"), /^vscode:\/\/file\/.*\/content\/artikel\/baru\.md:2:\d+$/);
  assert.equal(await fresh.page.locator("silabus-problems").count(), 0, "it is told once, not twice");
  await site.edit("content/artikel/baru.md", '"Baru', '"Baru"');
  await fresh.shows("Isi halaman baru.");
  await start.mended();
  assert.equal(await fresh.page.locator("silabus-problems").count(), 0);
});

test("settings break and are mended", async (t) => {
  const site = await preview(t, browser);
  const start = await site.open("/");
  await site.edit("silabus.toml", 'title = "Akademi', "title = Akademi");
  await start.overlay();
  const found = await problem(start.panel, "silabus.toml");
  assert.match(found.place, /^silabus\.toml:\d+:\d+$/);
  assert.match(await start.page.title(), /Akademi Nusa Kode/);
  // Pages are there still, also those that nobody has open.
  const about = await site.open("/tentang/");
  assert.equal(about.response.status(), 200);
  await about.overlay();
  await site.edit("silabus.toml", "title = Akademi", 'title = "Sekolah');
  await start.mended();
  await about.mended();
  await until("the new title is there", async () => /Sekolah Nusa Kode/.test(await about.page.title().catch(() => "")));
});

test("the folder of the site goes away and comes back", async (t) => {
  const site = await preview(t, browser);
  const article = await site.open(ARTICLE_PAGE);
  const away = join(site.folder, "away");
  await rename(site.root, away);
  await article.overlay();
  assert.match(await article.page.innerText("main"), new RegExp(SENTENCE));
  await rename(away, site.root);
  await article.mended();
  site.alive();
  await site.edit(ARTICLE, SENTENCE, "Setelah folder kembali, semua benar lagi.");
  await article.shows("Setelah folder kembali");
});

test("a damaged picture is told until it is mended", async (t) => {
  const picture = "static/gambar/cabang-git.png";
  // Without a colour to show first, no page needs to look into the picture.
  const site = await preview(t, browser, (site) => site.edit("silabus.toml", "responsive = true", "responsive = true\nplaceholder = \"none\""));
  const about = await site.open("/tentang/");
  const whole = await readFile(site.path(picture));
  const damaged = Buffer.from(whole).fill(0, whole.length - 2000, whole.length - 1900);
  await site.write(picture, damaged);
  await about.overlay();
  const said = await about.panel.innerText();
  assert.match(said, /picture-broken/);
  assert.ok(said.includes(`${picture} is damaged`), said);

  await site.write(picture, whole);
  await about.mended();
  assert.equal(about.loads, 1);
});

test("markup in titles, names and messages is text", async (t) => {
  const site = await preview(t, browser);
  const article = await site.open(ARTICLE_PAGE);
  const unharmed = async (tab) => assert.equal(await tab.page.evaluate(() => window.pwned), undefined);
  await site.edit(ARTICLE, 'title: "Backend Developer: Pengertian', `title: "${MARKUP} Pengertian`);
  await article.shows("<img src=x");
  await unharmed(article);

  // A key that nobody knows: its name is in the message.
  await site.edit(ARTICLE, "date: 2026-11-20", `"${MARKUP}": 1\ndate: [2026-11-20`);
  await article.overlay();
  await site.edit(ARTICLE, "date: [2026-11-20", "date: kemarin");
  await article.panel.locator("h3").filter({ hasText: MARKUP }).waitFor();
  await unharmed(article);

  const name = `content/artikel/${MARKUP}.md`;
  await site.write(name, BROKEN);
  await article.panel.locator("li").filter({ hasText: name }).first().waitFor();
  await unharmed(article);

  const broken = await site.open("/artikel/img-src-x-onerror-window-pwned-1/");
  await broken.shows(name);
  await unharmed(broken);
  // No file can have such an address: not even a page says so.
  const raw = await broken.page.goto(`${site.url}/artikel/${encodeURIComponent(MARKUP)}/`);
  assert.equal(raw.status(), 400);
  assert.match(raw.headers()["content-type"], /^text\/plain/);
  await unharmed(broken);
  const missing = await site.open("/artikel/img%20src=x%20onerror='window.pwned=1'&lt;/");
  await missing.shows("/artikel/img src=x onerror='window.pwned=1'&lt;/");
  await unharmed(missing);
});

const WIDTHS = { phone: 390, desktop: 1440 };
const SKIP = !process.env.SCREENSHOTS && "SCREENSHOTS names no folder";

test("pictures of the overlay and of the pages of the preview", { skip: SKIP }, async (t) => {
  await mkdir(process.env.SCREENSHOTS, { recursive: true });
  const site = await preview(t, browser);
  const faults = [
    [ARTICLE, "date: 2026-11-20", "date: [2026-11-20"],
    [TEMPLATE, "{% block", "{% blok"],
    ["content/kursus/basic-python.md", "price: ", "prise: "],
  ];
  const shots = async (kind, address) => {
    for (const [name, width] of Object.entries(WIDTHS)) {
      for (const colorScheme of ["light", "dark"]) {
        const { page } = await site.open(address, { viewport: { width, height: 900 }, colorScheme });
        if (kind.startsWith("overlay")) await page.locator("silabus-problems .panel").waitFor();
        if (kind === "badge") await page.locator("silabus-problems .badge").waitFor();
        await page.screenshot({ path: join(process.env.SCREENSHOTS, `${kind}-${name}-${colorScheme}.png`) });
        await page.close();
      }
    }
  };
  await shots("missing", "/artikel/bakend-developer/");
  await site.edit(...faults[0]);
  await shots("overlay", ARTICLE_PAGE);
  await site.write("content/artikel/baru.md", BROKEN);
  await site.edit(...faults[2]);
  await shots("overlay-list", ARTICLE_PAGE);
  await shots("broken", "/artikel/baru/");
  await site.edit(...faults[1]);
  await shots("overlay-template", ARTICLE_PAGE);
});
