// The theme `akademi`, as its readers meet it: by keyboard, by touch, without a script, in the dark.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { KINDS, WIDTHS, built, siteOfBlocks, startBrowser, tooWide, visit } from "./example.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PHONE = WIDTHS.phone;

let site, blocks, browser;

before(async () => {
  [site, blocks, browser] = await Promise.all([built(), siteOfBlocks(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  site?.close();
  blocks?.close();
});

const open = (options, look) => visit(browser, site, options, look);
const cards = (page) => page.locator(".catalogue .course-grid > li:visible");

async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

// Each width and each scheme sees every kind of page; the other two pairs see those that differ most.
const MOST = ["beranda", "artikel", "kursus", "katalog", "karier"];

for (const [name, scheme, kinds] of [
  ["phone", "light", Object.keys(KINDS)],
  ["desktop", "dark", Object.keys(KINDS)],
  ["phone", "dark", MOST],
  ["desktop", "light", MOST],
]) {
  test(`axe finds nothing at ${name} width, ${scheme}`, async () => {
    await open({ width: WIDTHS[name], scheme }, async (page, problems) => {
      for (const kind of kinds) {
        await page.goto(site.url + KINDS[kind]);
        problems.push(...(await violations(page)).map((one) => `${kind} ${one}`));
      }
      assert.deepEqual(problems, []);
    });
    await visit(browser, blocks, { width: WIDTHS[name], scheme }, async (page, problems) => {
      await page.goto(`${blocks.url}/about/`);
      assert.deepEqual([...problems, ...(await violations(page))], []);
    });
  });
}

test("nothing is wider than the narrowest screens, nor falls apart on the widest", async () => {
  for (const width of [320, 1920]) {
    await open({ width }, async (page, problems) => {
      for (const path of Object.values(KINDS)) {
        await page.goto(site.url + path);
        const over = await tooWide(page);
        if (over > 0) problems.push(`${path} is ${over} px too wide at ${width}`);
      }
      assert.deepEqual(problems, []);
    });
  }
  await visit(browser, blocks, { width: 320 }, async (page) => {
    await page.goto(`${blocks.url}/about/`);
    assert.ok((await tooWide(page)) <= 0);
  });
});

test("words longer than a line are broken, and make no page wider than a phone", async () => {
  await open({ width: 320 }, async (page, problems) => {
    for (const path of Object.values(KINDS)) {
      await page.goto(site.url + path);
      await page.evaluate(() => {
        const long = "Pertanggungjawabanperusahaan".repeat(3);
        const texts = "h1, h2, h3, .lead, .card-link, .card-text, main li > a";
        for (const one of document.querySelectorAll(texts)) one.textContent = long;
      });
      const over = await tooWide(page);
      if (over > 0) problems.push(`${path} is ${over} px too wide`);
    }
    assert.deepEqual(problems, []);
  });
});

// Marks what can be reached, then what Tab reaches, until it leaves the page or comes round.
async function notReached(page) {
  const count = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter(
      (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && getComputedStyle(one).pointerEvents !== "none",
    );
    for (const one of all) one.dataset.waits = "";
    document.activeElement?.blur();
    return all.length;
  });
  assert.ok(count > 10, "hardly anything can be reached");
  // Told of in the page, so that a stop costs one call.
  await page.evaluate(() => {
    window.unseen = new Set();
    const drawn = (element) => element && getComputedStyle(element).outlineStyle !== "none";
    document.addEventListener("focusin", ({ target }) => {
      delete target.dataset.waits;
      // The ring of a card stands around the whole card.
      if (!drawn(target) && !drawn(target.closest(".course-card"))) window.unseen.add(target.outerHTML.slice(0, 90));
    });
  });
  for (let i = 0; i < count + 25; i += 1) await page.keyboard.press("Tab");
  const unseen = await page.evaluate(() => [...window.unseen]);
  const left = await page.$$eval("[data-waits]", (all) => all.map((one) => one.outerHTML.slice(0, 90)));
  return [...left.map((one) => `not reached: ${one}`), ...unseen.map((one) => `no ring of focus: ${one}`)];
}

test("the keyboard alone reaches everything, and one sees where one is", async () => {
  await open({}, async (page, problems) => {
    for (const path of Object.values(KINDS)) {
      await page.goto(site.url + path);
      problems.push(...(await notReached(page)).map((one) => `${path} ${one}`));
    }
    assert.deepEqual(problems, []);
  });
});

test("the first stop leads past the menu", async () => {
  await open({}, async (page) => {
    await page.goto(`${site.url}/artikel/backend-developer/`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip-link");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main-content");
  });
});

for (const javaScriptEnabled of [true, false]) {
  test(`the menu of a phone opens and closes ${javaScriptEnabled ? "by keyboard" : "without a script"}`, async () => {
    await open({ width: PHONE, javaScriptEnabled }, async (page) => {
      await page.goto(`${site.url}/tentang/`);
      const menu = page.locator(".site-nav");
      assert.equal(await menu.isVisible(), false);
      await page.locator(".menu-button").focus();
      await page.keyboard.press("Enter");
      await menu.waitFor({ state: "visible" });
      await page.keyboard.press("Escape");
      await menu.waitFor({ state: "hidden" });
      await page.locator(".menu-button").click();
      await menu.getByRole("link", { name: "Kursus" }).click();
      await page.waitForURL(`${site.url}/kursus/`);
    });
  });
}

test("filters narrow the catalogue, and their address brings it back", async () => {
  await open({}, async (page, problems) => {
    await page.goto(`${site.url}/kursus/`);
    const all = await cards(page).count();
    assert.ok(all > 5);
    await page.getByRole("checkbox", { name: /^Pemula/ }).check();
    const beginners = await cards(page).count();
    assert.ok(beginners > 0 && beginners < all);
    assert.equal(new URL(page.url()).search, "?level=beginner");
    assert.match(await page.locator(".catalogue-bar [role=status]").innerText(), new RegExp(`^${beginners} `));
    await page.getByRole("checkbox", { name: /^Gratis/ }).check();
    const free = await cards(page).count();
    assert.ok(free > 0 && free < beginners);

    // Shared, and gone back from.
    await page.reload();
    assert.equal(await cards(page).count(), free);
    assert.ok(await page.getByRole("checkbox", { name: /^Gratis/ }).isChecked());
    await page.goBack();
    assert.equal(await cards(page).count(), beginners);

    await page.getByRole("button", { name: "Hapus saringan" }).click();
    assert.equal(await cards(page).count(), all);
    assert.equal(new URL(page.url()).search, "");
    assert.deepEqual(problems, []);
  });
});

test("courses on request, of a category or with a person can be chosen, and shared", async () => {
  await open({}, async (page, problems) => {
    await page.goto(`${site.url}/kursus/`);
    const all = await cards(page).count();
    let sum = 0;
    for (const name of [/^Gratis/, /^Berbayar/, /^Hubungi kami/]) {
      const box = page.getByRole("checkbox", { name });
      await box.check();
      sum += await cards(page).count();
      await box.uncheck();
    }
    assert.equal(sum, all);
    for (const [value, search, title] of [
      [/^Hubungi kami/, "?price=on_request", /Perusahaan/],
      [/^Desain/, "?category=Desain", /Figma/],
      [/^Dewi Lestariani/, "?instructor=Dewi+Lestariani", /Figma/],
    ]) {
      await page.goto(`${site.url}/kursus/`);
      await page.getByRole("checkbox", { name: value }).check();
      assert.equal(new URL(page.url()).search, search);
      await page.reload();
      assert.ok(await page.getByRole("checkbox", { name: value }).isChecked());
      assert.deepEqual((await cards(page).allInnerTexts()).filter((text) => !title.test(text)), []);
    }
    assert.deepEqual(problems, []);
  });
});

test("each filter counts what it would show", async () => {
  await open({}, async (page) => {
    await page.goto(`${site.url}/kursus/?mode=online`);
    for (const group of ["level", "category", "instructor", "skill"]) {
      const box = page.locator(`[data-group="${group}"] label:visible`).first();
      const told = Number(await box.locator("span").innerText());
      await box.click();
      assert.equal(await cards(page).count(), told);
      await box.click();
    }
  });
});

test("courses are sorted by price, and a free one is the cheapest", async () => {
  await open({}, async (page) => {
    const prices = () => cards(page).evaluateAll((all) => all.map((one) => one.dataset.price));
    await page.goto(`${site.url}/kursus/`);
    await page.getByLabel("Urutkan").selectOption("price");
    assert.match(page.url(), /\?sort=price$/);
    const up = await prices();
    assert.equal(up[0], "0");
    const amounts = up.filter(Boolean).map(Number);
    assert.deepEqual(amounts, amounts.toSorted((a, b) => a - b));
    await page.goto(`${site.url}/kursus/?sort=price-desc`);
    assert.deepEqual((await prices()).filter(Boolean).map(Number), amounts.toReversed());
  });
});

test("on a phone the filters wait behind their line", async () => {
  await open({ width: PHONE }, async (page) => {
    await page.goto(`${site.url}/kursus/?level=beginner`);
    const box = page.getByRole("checkbox", { name: /^Pemula/ });
    assert.equal(await box.isVisible(), false);
    assert.equal(await page.locator(".filter-badge").innerText(), "1");
    await page.locator(".filters summary").click();
    await box.uncheck();
    assert.equal(new URL(page.url()).search, "");
  });
});

test("search narrows as one types, and its address brings it back", async () => {
  await open({}, async (page, problems) => {
    const found = () => page.locator("[data-search] li:visible").count();
    // The index is fetched while one types.
    const told = (words) => page.getByRole("status").filter({ hasText: words }).waitFor();
    await page.goto(`${site.url}/cari/`);
    const all = await found();
    await page.getByRole("searchbox").fill("python data");
    await told(/^\d+ hasil/);
    const few = await found();
    assert.ok(few > 0 && few < all, `${few} of ${all}`);
    await page.reload();
    await told(/^\d+ hasil/);
    assert.equal(await found(), few);
    await page.getByRole("searchbox").fill("zqxzqx");
    await told(/Tidak ada hasil/);
    assert.equal(await found(), 0);
    await page.getByRole("searchbox").fill("pyhton");
    await told("Maksudmu python?");
    await page.getByRole("status").getByRole("link", { name: "python" }).click();
    await told(/^\d+ hasil$/);
    assert.ok((await found()) > 0);
    assert.deepEqual(problems, []);
  });
});

test("light and dark follow the system until one chooses, and the choice stays", async () => {
  await open({ scheme: "dark" }, async (page) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.goto(`${site.url}/`);
    const dark = await ground();
    await page.emulateMedia({ colorScheme: "light" });
    const light = await ground();
    assert.notEqual(light, dark);
    const button = page.locator(".theme-button");
    await button.click();
    assert.equal(await ground(), dark);
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    await page.goto(`${site.url}/artikel/backend-developer/`);
    assert.equal(await ground(), dark);
    await page.locator(".theme-button").click();
    assert.equal(await ground(), light);
    assert.equal(await page.evaluate(() => localStorage.getItem("theme")), null);
  });
});

test("without a script everything is there", async () => {
  await open({ javaScriptEnabled: false }, async (page, problems) => {
    await page.goto(`${site.url}/kursus/`);
    assert.ok((await cards(page).count()) > 5);
    for (const path of ["/kursus/", "/cari/"]) {
      await page.goto(site.url + path);
      assert.equal(await page.locator("form:visible, .theme-button:visible, select:visible").count(), 0, path);
    }
    assert.ok((await page.locator("[data-search] li:visible").count()) > 20);
    await page.goto(`${site.url}/kursus/basic-python/`);
    await page.locator(".modules details:not([open]) summary").first().click();
    assert.ok((await page.locator(".modules details[open]").count()) > 1);
    assert.deepEqual(problems, []);
  });
});

test("on a phone the way in stays in reach, and leads where the course says", async () => {
  await open({ width: PHONE, reducedMotion: "reduce" }, async (page) => {
    await page.goto(`${site.url}/kursus/basic-python/`);
    const first = page.locator(".offer .button");
    const bar = page.locator(".enrol-bar .button");
    await first.scrollIntoViewIfNeeded();
    await bar.waitFor({ state: "hidden" });
    await page.locator("#course-modules").scrollIntoViewIfNeeded();
    await bar.waitFor({ state: "visible" });
    const { y, height } = await bar.boundingBox();
    assert.ok(y > 600 && y + height <= 900, `${y} ${height}`);
    const link = new URL(await bar.getAttribute("href"));
    assert.equal(link.origin, "https://wa.me");
    assert.match(link.searchParams.get("text") ?? "", /Basic Python/);
    assert.equal(await first.getAttribute("href"), link.href);
  });
});

test("a promo that ended since the page was made is gone", async () => {
  const course = "/kursus/analisis-data-python/";
  const prices = async (page) => {
    await page.goto(site.url + course);
    return page.locator(".offer .price-block").innerText();
  };
  await open({}, async (page) => {
    await page.clock.setFixedTime("2027-01-31T23:00:00+07:00");
    assert.match(await prices(page), /Rp3\.950\.000\s+Rp3\.450\.000|Rp3\.450\.000\s+Rp3\.950\.000/);
  });
  await open({}, async (page) => {
    await page.clock.setFixedTime("2027-02-01T00:00:01+07:00");
    const text = await prices(page);
    assert.match(text, /Rp3\.950\.000/);
    assert.doesNotMatch(text, /Rp3\.450\.000|Promo/);
  });
});

test("the contents of an article show where one is", async () => {
  await open({}, async (page) => {
    await page.goto(`${site.url}/artikel/backend-developer/`);
    const here = page.locator(".toc [aria-current]");
    assert.equal(await here.count(), 0);
    const heading = page.locator(".prose h2").nth(2);
    const text = (await heading.innerText()).replace(/\s*#$/, "");
    await heading.evaluate((one) => one.scrollIntoView());
    await here.waitFor();
    assert.equal((await here.innerText()).trim(), text);
  });
});

test("a video asks its host for nothing before one asks for it", async () => {
  await visit(browser, blocks, {}, async (page, problems) => {
    await page.goto(`${blocks.url}/about/`, { waitUntil: "networkidle" });
    assert.deepEqual(problems, []);
    await page.route(/youtube/, (route) => route.fulfill({ contentType: "text/html", body: "<title>v</title>" }));
    assert.equal(await page.locator("[data-youtube]").count(), 2);
    await page.locator("[data-youtube]").first().click();
    const frame = page.locator(".video iframe");
    assert.match(await frame.getAttribute("src"), /^https:\/\/www\.youtube-nocookie\.com\/embed\/abc_DEF-123\?/);
    assert.match(await frame.getAttribute("title"), /A lesson/);
    await page.locator("[data-youtube]").click();
    assert.match(await page.locator(".video iframe").last().getAttribute("src"), /\/embed\/xyz_DEF-456\?.*\bstart=90\b/);
  });
  await visit(browser, blocks, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${blocks.url}/about/`);
    assert.match(await page.locator("[data-youtube]").first().getAttribute("href"), /^https:\/\/www\.youtube\.com\/watch\?v=abc_DEF-123$/);
    // The address alone in a paragraph.
    assert.match(await page.locator("[data-youtube]").last().getAttribute("href"), /\?v=xyz_DEF-456&t=90s$/);
  });
});

test("an announcement that was closed stays closed", async () => {
  await visit(browser, blocks, {}, async (page) => {
    await page.goto(`${blocks.url}/`);
    const notice = page.locator(".announcement");
    assert.match(await notice.innerText(), /New classes in March/);
    await notice.getByRole("button").click();
    await page.goto(`${blocks.url}/about/`);
    assert.equal(await notice.isVisible(), false);
    assert.equal(await page.locator("meta[name=counter]").count(), 1);
    assert.ok(await page.locator(".whatsapp-button").isVisible());
    assert.equal(await page.locator(".social a.icon-button").count(), 2);
  });
});

test("print leaves out what paper cannot do, and is black on white", async () => {
  const gone = [".site-nav", ".site-tools", ".site-footer", ".button", ".batch-call", ".enrol-bar", "article ~ .band"].map((one) => `${one}:visible`);
  for (const width of Object.values(WIDTHS)) {
    await open({ width }, async (page) => {
      for (const kind of ["artikel", "kursus", "karier"]) {
        await page.emulateMedia({ media: "screen", colorScheme: "dark" });
        await page.goto(site.url + KINDS[kind]);
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        assert.deepEqual(await page.locator(gone.join()).evaluateAll((all) => all.map((one) => one.className)), [], kind);
        const colours = await page.evaluate(() =>
          ["body", "h1", ".page-head", ".page-head .lead", ".page-head .meta-line"].flatMap((name) => {
            const element = document.querySelector(name);
            if (!element) return [];
            const { color, backgroundColor, backgroundImage } = getComputedStyle(element);
            return [[name, color, /, 0\)$/.test(backgroundColor) ? "rgb(255, 255, 255)" : backgroundColor, backgroundImage]];
          }),
        );
        assert.ok(colours.length > 3, kind);
        for (const [name, color, ground, cloth] of colours) {
          assert.match(color, /^rgb\((0, 0, 0|51, 51, 51)\)$/, `${kind} ${name}`);
          assert.deepEqual([ground, cloth], ["rgb(255, 255, 255)", "none"], `${kind} ${name}`);
        }
      }
    });
  }
});

test("a price is told in one order: what is asked, what was asked, what it covers", async () => {
  for (const [path, width] of [["/cari/", WIDTHS.desktop], ["/cari/", PHONE], ["/kursus/", WIDTHS.desktop], ["/jadwal/", PHONE]]) {
    await open({ width }, async (page) => {
      await page.goto(site.url + path);
      const price = page.locator("main .price:has(.price-was):visible").first();
      const boxes = [];
      for (const part of [".price-now", ".price-was", ".price-terms"]) boxes.push(await price.locator(part).boundingBox());
      const follows = (one, next) => next.y >= one.y + one.height - 1 || next.x >= one.x + one.width;
      assert.ok(follows(boxes[0], boxes[1]) && follows(boxes[1], boxes[2]), `${path} ${JSON.stringify(boxes)}`);
    });
  }
});

test("only the last step of the way to a page is cut", async () => {
  for (const width of [320, PHONE]) {
    await open({ width }, async (page) => {
      for (const path of ["/artikel/perjalanan-request-web/", "/kursus/basic-reactjs/", "/kursus/", "/topik/sql/"]) {
        await page.goto(site.url + path);
        const cut = await page.locator(".breadcrumbs li:not([aria-current])").evaluateAll((all) =>
          all.flatMap((one) => {
            // Less than a pixel is enough for dots.
            const text = document.createRange();
            text.selectNodeContents(one);
            return text.getBoundingClientRect().right > one.getBoundingClientRect().right + 0.03 ? [one.innerText] : [];
          }),
        );
        assert.deepEqual(cut, [], path);
        const heights = await page.locator(".breadcrumbs li").evaluateAll((all) => all.map((one) => one.offsetTop));
        assert.equal(new Set(heights).size, 1, `${path} in one line`);
      }
    });
  }
});

test("batches can be taken into a calendar", async () => {
  await open({}, async (page) => {
    for (const path of ["/jadwal/", "/kursus/basic-python/"]) {
      await page.goto(site.url + path);
      const feed = await fetch(await page.getByRole("link", { name: "Langganan kalender" }).evaluate((link) => link.href));
      assert.match(await feed.text(), /^BEGIN:VCALENDAR/);
    }
  });
});

test("words of taxonomies stand apart", async () => {
  await open({}, async (page) => {
    await page.goto(`${site.url}/artikel/data-analyst/`);
    const lines = await page.locator(".doc-foot .chips").allInnerTexts();
    assert.deepEqual(lines.map((line) => line.replace(/\s+/g, " ")), ["Topik Karier Data Python SQL", "Kategori Data"]);
  });
});

test("an academy's networks and telephone are told so that people can read them", async () => {
  await open({}, async (page) => {
    await page.goto(`${site.url}/tentang/`);
    assert.deepEqual(await page.locator(".social a").allInnerTexts(), ["sosial.example", "video.example"]);
    const phone = page.locator('.site-footer a[href^="tel:"]');
    assert.deepEqual([(await phone.innerText()).replace(/\s/g, " "), await phone.getAttribute("href")], ["+62 21 0000 0000", "tel:+622100000000"]);
  });
});

const KB = 1024;

/** What a page of a built site weighs, in bytes before compression, pictures aside. */
async function weighed(path) {
  const html = await readFile(join(site.out, path, "index.html"), "utf8");
  const size = async (name) => (await stat(join(site.out, new URL(name, site.url).pathname))).size;
  const sum = async (names) => (await Promise.all([...new Set(names)].map(size))).reduce((total, one) => total + one, 0);
  const all = (pattern) => [...html.matchAll(pattern)].map((found) => found[1]);
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"([^>]*)>/g)];
  const onPaper = ([, , rest]) => rest.includes('media="print"');
  return {
    HTML: Buffer.byteLength(html),
    // Browsers fetch the sheet for paper last, and never wait for it.
    CSS: await sum(sheets.filter((sheet) => !onPaper(sheet)).map((sheet) => sheet[1])),
    "CSS for paper": await sum(sheets.filter(onPaper).map((sheet) => sheet[1])),
    scripts: await sum(all(/<script[^>]* src="([^"]+)"/g)),
  };
}

function overweight(path, weights, budget) {
  return Object.entries(budget)
    .filter(([what, most]) => weights[what] > most * KB)
    .map(([what, most]) => `${what} of ${path}: ${weights[what]} bytes, more than ${most} KB`);
}

const ARTICLE = { HTML: 30, CSS: 20, "CSS for paper": 1, scripts: 10 };
const OTHERS = {
  "/": { HTML: 30, CSS: 30, scripts: 10 },
  "/kursus/basic-python/": { HTML: 36, CSS: 36, scripts: 10 },
  "/kursus/": { HTML: 36, CSS: 30, scripts: 10 },
  "/karier/backend-developer/": { HTML: 30, CSS: 36, scripts: 10 },
  "/cari/": { HTML: 36, CSS: 30, scripts: 10 },
};

test("pages are light, every article above all", async () => {
  const articles = site.pages.filter((path) => /^\/artikel\/(?!page|halaman)[^/]+\/$/.test(path));
  assert.ok(articles.length > 10);
  const heavy = [];
  for (const path of articles) heavy.push(...overweight(path, await weighed(path), ARTICLE));
  for (const [path, budget] of Object.entries(OTHERS)) heavy.push(...overweight(path, await weighed(path), budget));
  assert.deepEqual(heavy, []);
});

test("nothing holds up an article but its style sheets, and its fonts are small", async () => {
  await open({}, async (page) => {
    const path = "/artikel/backend-developer/";
    await page.goto(site.url + path, { waitUntil: "networkidle" });
    const fetched = await page.evaluate(() =>
      performance.getEntriesByType("resource").map((one) => [one.name, one.renderBlockingStatus, one.decodedBodySize]),
    );
    const blocking = fetched.filter(([name, status]) => status === "blocking" && !/\.css(\?|$)/.test(name));
    assert.deepEqual(blocking, []);
    const fonts = fetched.filter(([name]) => /\.woff2?(\?|$)/.test(name));
    assert.ok(fonts.length > 0);
    assert.ok(fonts.reduce((sum, [, , size]) => sum + size, 0) <= 100 * KB, String(fonts));
  });
});

test("every style and script of every page has a fingerprint and a hash that is its own", async () => {
  const wrong = [];
  for (const path of site.pages) {
    const html = await readFile(join(site.out, path.endsWith("/") ? `${path}index.html` : path), "utf8");
    const tags = [...html.matchAll(/<link rel="(?:stylesheet|modulepreload)"[^>]*>|<script [^>]*src=[^>]*>/g)].map((found) => found[0]);
    // Pages that only lead elsewhere have none.
    if (!tags.length && !html.includes('http-equiv="refresh"')) wrong.push(`${path}: no style`);
    for (const tag of tags) {
      const [, address, stamp] = tag.match(/(?:src|href)="([^"?]+)(\?h=[0-9a-f]{16})?"/);
      const bytes = await readFile(join(site.out, new URL(address, site.url).pathname));
      const digest = createHash("sha384").update(bytes).digest("base64");
      if (!stamp || !tag.includes(`integrity="sha384-${digest}"`)) wrong.push(`${path}: ${tag}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("a page loads two scripts at most, each small and whole", async () => {
  const seen = new Set();
  for (const path of site.pages) {
    const html = await readFile(join(site.out, path.endsWith("/") ? `${path}index.html` : path), "utf8");
    const scripts = [...html.matchAll(/<script [^>]*src="([^"?]+)/g)].map((found) => new URL(found[1], site.url).pathname);
    assert.ok(scripts.length <= 2, `${path}: ${scripts}`);
    for (const script of scripts) seen.add(script);
  }
  assert.deepEqual([...seen].sort(), ["/js/akademi.js", "/js/catalogue.js", "/js/search.js"]);
  for (const script of seen) {
    const text = await readFile(join(site.out, script), "utf8");
    assert.doesNotMatch(text, /\bimport\b/, script);
    assert.ok(text.split("\n").length <= 2 && !text.includes("/*"), `${script} is not small`);
  }
});

test("each page names its own card, and the card is light", async () => {
  for (const path of site.pages) {
    const html = await readFile(join(site.out, path.endsWith("/") ? `${path}index.html` : path), "utf8");
    const named = (property) => html.match(new RegExp(`<meta (?:property|name)="${property}" content="([^"]+)"`))?.[1];
    assert.ok(named("og:title") && named("twitter:card"), path);
    const card = await readFile(join(site.out, new URL(named("og:image")).pathname));
    assert.ok(card.length <= 300 * KB, `${path}: ${card.length}`);
    assert.deepEqual([card.readUInt32BE(16), card.readUInt32BE(20)], [1200, 630]);
  }
});

test("authors place blocks without a template", async () => {
  await visit(browser, blocks, {}, async (page, problems) => {
    await page.goto(`${blocks.url}/about/`);
    for (const [block, text] of [
      [".block-hero", /Start today[^]*With two buttons/],
      [".cta", /Questions\?[^]*Ask us/],
      [".faq", /Is there a first question/],
      ["figure.quote", /It was worth it[^]*Robin Example/],
      [".markdown-alert-warning", /Mind the gap/],
    ]) {
      assert.match(await page.locator(`.prose ${block}`).first().innerText(), text);
    }
    assert.equal(await page.getByText("Not to be told").count(), 0, "somebody who did not agree is quoted");
    assert.equal(await page.locator(".gallery img").count(), 2);
    const [one, other] = await page.locator(".gallery img").evaluateAll((all) => all.map((img) => img.getBoundingClientRect().top));
    assert.equal(one, other, "pictures stand side by side");
    await page.getByText("Is there a first question?").click();
    assert.ok(await page.getByText("Yes, this one.").isVisible());
    assert.deepEqual(problems, []);
  });
});
