// How the pages of the example site look, compared with pictures that are kept in references/: the top of one page of each kind, at
// a quarter of its size, so that other versions of the browser draw the same.
//
//     UPDATE=1 node --test looks.test.mjs     keeps what it looks like now; look at each before it is committed
//
// All pictures lie in target/looks afterwards; of one that differs, NAME-expected.png and NAME-difference.png too.
import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { KINDS, NOW, REPOSITORY, WIDTHS, built, startBrowser, visit } from "./example.mjs";

const REFERENCES = new URL("references/", import.meta.url).pathname;
const LOOKS = join(REPOSITORY, "target/looks");
const UPDATE = Boolean(process.env.UPDATE);

const LONGEST = 1600; // pixels of a page that are compared
const SCALE = 0.25;
const SHARE = 0.02; // of the pixels may differ
const COLOUR = 0.15; // how far a colour may be off before its pixel differs

// All kinds in the light; in the dark those that differ most.
const DARK = ["beranda", "artikel", "kursus", "katalog", "karier"];

let site, browser;

before(async () => {
  [site, browser] = await Promise.all([built(), startBrowser()]);
  await rm(LOOKS, { recursive: true, force: true });
  await mkdir(LOOKS, { recursive: true });
  await mkdir(REFERENCES, { recursive: true });
});

after(async () => {
  await browser?.close();
  site?.close();
});

async function look(path, width, scheme) {
  let picture;
  await visit(browser, site, { width, scheme, reducedMotion: "reduce", deviceScaleFactor: SCALE }, async (page) => {
    await page.clock.setFixedTime(NOW);
    await page.goto(site.url + path, { waitUntil: "load" });
    await page.evaluate(() => document.fonts.ready);
    const height = Math.min(LONGEST, await page.evaluate(() => document.documentElement.scrollHeight));
    await page.setViewportSize({ width, height });
    picture = PNG.sync.read(await page.screenshot());
  });
  return picture;
}

/** What is wrong with a picture, if anything. */
async function compared(name, now) {
  const reference = join(REFERENCES, `${name}.png`);
  const bytes = PNG.sync.write(now, { colorType: 2, deflateLevel: 9 });
  await writeFile(join(LOOKS, `${name}.png`), bytes);
  if (UPDATE) return writeFile(reference, bytes);
  const kept = await readFile(reference).catch(() => null);
  if (!kept) return `${name}: there is no reference, UPDATE=1 makes it`;
  const then = PNG.sync.read(kept);
  if (now.width !== then.width || now.height !== then.height)
    return `${name}: ${now.width} × ${now.height} where ${then.width} × ${then.height} are kept`;
  const difference = new PNG({ width: now.width, height: now.height });
  const pixels = pixelmatch(now.data, then.data, difference.data, now.width, now.height, { threshold: COLOUR });
  const share = pixels / (now.width * now.height);
  if (share <= SHARE) return null;
  await writeFile(join(LOOKS, `${name}-expected.png`), kept);
  await writeFile(join(LOOKS, `${name}-difference.png`), PNG.sync.write(difference));
  return `${name}: ${(share * 100).toFixed(1)} % of it look different, see target/looks`;
}

for (const [size, width] of Object.entries(WIDTHS)) {
  for (const scheme of ["light", "dark"]) {
    test(`pages look as they did at ${size} width, ${scheme}`, async () => {
      const wrong = [];
      for (const [kind, path] of Object.entries(KINDS)) {
        if (scheme === "dark" && !DARK.includes(kind)) continue;
        wrong.push(await compared(`${kind}-${size}-${scheme}`, await look(path, width, scheme)));
      }
      assert.deepEqual(wrong.filter(Boolean), []);
    });
  }
}

test("another page looks different", async () => {
  const [one, other] = [await look(KINDS.katalog, WIDTHS.desktop, "light"), await look(KINDS.katalog, WIDTHS.desktop, "dark")];
  const pixels = pixelmatch(one.data, other.data, null, one.width, one.height, { threshold: COLOUR });
  assert.ok(pixels > one.width * one.height * SHARE);
});
