// Catalogue and search of the theme `akademi`: what they show, hide, count and sort, also in a site of many courses.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import { REPOSITORY, built, silabus, siteOfBlocks, siteOfMany, startBrowser, visit } from "./example.mjs";

let site, few, many, browser;

before(async () => {
  [site, few, many, browser] = await Promise.all([built(), siteOfBlocks(), siteOfMany(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  for (const one of [site, few, many]) one?.close();
});

const open = (look, options = {}, of = site) => visit(browser, of, options, look);
const cards = (page) => page.locator(".catalogue .course-grid > li:visible");
const results = (page) => page.locator("[data-search] li:visible");
const told = (page, words) => page.getByRole("status").filter({ hasText: words }).waitFor();

test("the filters of the search narrow the titles before a word is typed", async () => {
  await open(async (page, problems) => {
    const headings = () => page.locator(".search-part:visible h2").allInnerTexts();
    await page.goto(`${site.url}/cari/`);
    const all = await results(page).count();
    assert.deepEqual(await headings(), ["Kursus", "Karier", "Keahlian", "Acara", "Artikel", "Orang", "Halaman"]);
    await page.locator("[name=kind]").selectOption("course");
    assert.deepEqual(await headings(), ["Kursus"]);
    const courses = await results(page).count();
    await told(page, new RegExp(`^${courses} hasil$`));
    await page.locator("[name=level]").selectOption("beginner");
    const beginners = await results(page).count();
    assert.ok(beginners > 0 && beginners < courses && courses < all);
    await page.locator("[name=price]").selectOption("1000000");
    assert.match((await results(page).allInnerTexts()).join(), /^Dasar Git & Linux\s+Gratis[^]*$/);
    await page.goto(`${site.url}/cari/?level=beginner`);
    assert.equal(await results(page).count(), beginners);
    await page.locator("[name=level]").selectOption("");
    assert.equal(await results(page).count(), all);
    assert.equal(await page.getByRole("status").innerText(), "");
    assert.deepEqual(problems, []);
  });
});

test("pages of a kind of the site's own are found under their name", async () => {
  await open(async (page) => {
    await page.goto(`${site.url}/cari/?kind=acara&q=portofolio`);
    await told(page, /^\d+ hasil/);
    const kinds = await page.locator(".search-kind:visible").allInnerTexts();
    assert.ok(kinds.length > 0);
    assert.deepEqual(kinds.filter((kind) => kind !== "Acara"), []);
  });
});

test("all results can be reached", async () => {
  await open(
    async (page, problems) => {
      await page.goto(`${many.url}/search/?q=lessons`);
      await told(page, /^40 results$/);
      assert.equal(await results(page).count(), 30);
      const more = page.getByRole("button", { name: "Show more" });
      await more.click();
      await more.waitFor({ state: "hidden" });
      assert.equal(await results(page).count(), 40);
      assert.equal(await page.evaluate(() => document.activeElement === document.querySelectorAll("[data-search] section:last-of-type a")[30]), true);
      assert.deepEqual(problems, []);
    },
    {},
    many,
  );
});

test("the catalogue has all courses on whichever page one comes in", async () => {
  for (const path of ["/courses/", "/courses/page/2/", "/courses/page/4/"]) {
    await open(
      async (page, problems) => {
        await page.goto(many.url + path);
        await told(page, /^41 courses$/);
        assert.equal(await page.locator(".paginator:visible").count(), 0);
        const titles = await cards(page).locator(".card-title").allInnerTexts();
        assert.deepEqual([titles.length, titles[1], titles[40]], [41, "Course 1", "Course 40"]);
        assert.deepEqual(problems, []);
      },
      {},
      many,
    );
  }
});

test("where the other pages cannot be fetched, this one has its filters and the links to them", async () => {
  await open(
    async (page, problems) => {
      let asked = 0;
      await page.route(/page\/3/, (route) => {
        asked += 1;
        return route.fulfill({ contentType: "text/html", body: "<title>Sign in</title>" });
      });
      await page.goto(`${many.url}/courses/page/2/`, { waitUntil: "networkidle" });
      assert.equal(asked, 1);
      assert.ok(await page.locator(".paginator").isVisible());
      assert.equal(await cards(page).count(), 12);
      await page.getByRole("checkbox", { name: /^Beginner/ }).check();
      assert.equal(await cards(page).count(), 6);
      assert.deepEqual(problems, []);
    },
    {},
    many,
  );
});

test("a promo that has ended counts no longer where courses are sorted or narrowed by price", async () => {
  for (const [time, amount] of [["2027-01-31T23:00:00+07:00", 3450000], ["2027-02-01T00:00:01+07:00", 3950000]]) {
    await open(async (page) => {
      await page.clock.setFixedTime(time);
      await page.goto(`${site.url}/kursus/?sort=price`);
      const shown = await cards(page).locator(".price-now").allInnerTexts();
      const amounts = shown.filter((text) => /\d/.test(text)).map((text) => Number(text.replace(/\D/g, "")));
      assert.ok(amounts.includes(amount));
      assert.deepEqual(amounts, amounts.toSorted((a, b) => a - b));
    });
  }
});

test("with nothing to choose from there is no box of filters", async () => {
  await open(
    async (page, problems) => {
      await page.goto(`${few.url}/courses/`);
      await told(page, /^1 course$/);
      assert.equal(await page.locator(".filters").isVisible(), false);
      assert.deepEqual(problems, []);
    },
    {},
    few,
  );
});

test("a site that is served elsewhere than it says asks that place for nothing", async () => {
  await open(
    async (page, problems) => {
      for (const path of ["/", "/about/", "/courses/", "/courses/course-1/", "/search/"]) {
        await page.goto(many.url + path, { waitUntil: "networkidle" });
      }
      assert.deepEqual(problems, []);
    },
    {},
    many,
  );
});

test("a favicon and a logo of dots are taken as what they are", async () => {
  const html = await readFile(join(many.out, "courses/course-1/index.html"), "utf8");
  assert.match(html, /<link rel="icon" href="\/dots.png">/);
  const card = PNG.sync.read(await readFile(join(many.out, new URL(html.match(/og:image" content="([^"]+)"/)[1]).pathname)));
  const dot = (x, y) => [...card.data.subarray((y * card.width + x) * 4, (y * card.width + x) * 4 + 3)];
  assert.deepEqual(dot(113, 511), dot(20, 600), "the sign of the theme");
});

test("each language has its search, and every page leads to the others", async () => {
  const root = join(await mkdtemp(join(tmpdir(), "silabus-languages-")), "site");
  silabus("init", root, "--lang", "id");
  await cp(join(REPOSITORY, "themes/akademi"), join(root, "themes/akademi"), { recursive: true });
  const settings = join(root, "silabus.toml");
  const text = (await readFile(settings, "utf8")).replace("timezone", 'languages = ["en"]\ntimezone');
  await writeFile(settings, text.replace("main = [", 'main_en = [{ name = "About us", page = "@/tentang.md" }]\nmain = ['));
  await writeFile(join(root, "content/_index.en.md"), "---\ntitle: Home\n---\n");
  await writeFile(join(root, "content/tentang.en.md"), "---\ntitle: About us\n---\nWho we are.\n");
  const two = await built(root);
  try {
    await visit(browser, two, {}, async (page, problems) => {
      await page.goto(`${two.url}/en/tentang/`);
      await page.getByRole("link", { name: "Search" }).click();
      await page.waitForURL(`${two.url}/en/cari/`);
      await page.getByRole("searchbox").fill("who");
      await page.getByRole("status").filter({ hasText: "1 result" }).waitFor();
      assert.deepEqual(await page.locator(".site-nav li").allInnerTexts(), ["About us"]);
      for (const [path, other] of [["/en/cari/", "/cari/"], ["/jadwal/", "/en/jadwal/"], ["/tentang/", "/en/tentang/"], ["/en/", "/"], ["/artikel/", "/en/"]]) {
        await page.goto(two.url + path);
        await page.locator(".language").click();
        await page.waitForURL(two.url + other);
      }
      assert.deepEqual(problems, []);
    });
  } finally {
    two.close();
  }
});
