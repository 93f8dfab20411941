// Pictures of the theme for the documents: one sheet per kind of page, with phone and desktop, light and dark.
//
//     node tests/browser/sheets.mjs [KIND...]      writes docs/images/akademi/KIND.jpg, blok.png and docs/images/beranda.png
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { KINDS, REPOSITORY, WIDTHS, built, siteOfBlocks, startBrowser, visit } from "./example.mjs";

const LONGEST = 2400; // pixels of a page that are shown
const IMAGES = join(REPOSITORY, "docs/images");
const wanted = process.argv.slice(2);

const scratch = await mkdtemp(join(tmpdir(), "silabus-sheets-"));
const [site, browser] = await Promise.all([built(), startBrowser()]);
await mkdir(join(IMAGES, "akademi"), { recursive: true });

async function shots(kind, path) {
  const files = [];
  for (const width of [WIDTHS.desktop, WIDTHS.phone]) {
    for (const scheme of ["light", "dark"]) {
      await visit(browser, site, { width, scheme, reducedMotion: "reduce" }, async (page) => {
        await page.goto(site.url + path, { waitUntil: "networkidle" });
        const height = Math.min(LONGEST, await page.evaluate(() => document.documentElement.scrollHeight));
        await page.setViewportSize({ width, height });
        const file = join(scratch, `${kind}-${width}-${scheme}.png`);
        await page.screenshot({ path: file });
        files.push({ file, width });
      });
    }
  }
  return files;
}

const page = await browser.newPage({ viewport: { width: 1520, height: 1000 } });
for (const [kind, path] of Object.entries(KINDS)) {
  if (wanted.length && !wanted.includes(kind)) continue;
  const pictures = (await shots(kind, path)).map(
    ({ file, width }) => `<img src="${pathToFileURL(file)}" style="width:${Math.round(width * (width > 500 ? 0.36 : 0.5))}px">`,
  );
  const sheet = join(scratch, `${kind}.html`);
  await writeFile(
    sheet,
    `<style>body{margin:0;background:#8b8f9c}div{display:flex;gap:16px;align-items:flex-start;width:max-content;padding:16px}
    img{border-radius:6px}</style><div>${pictures.join("")}</div>`,
  );
  await page.goto(pathToFileURL(sheet).href);
  await page.locator("div").screenshot({ path: join(IMAGES, "akademi", `${kind}.jpg`), type: "jpeg", quality: 74 });
}
if (!wanted.length || wanted.includes("beranda")) {
  await visit(browser, site, { width: 1280 }, async (home) => {
    await home.goto(`${site.url}/`, { waitUntil: "networkidle" });
    await home.screenshot({ path: join(IMAGES, "beranda.png") });
  });
}
if (!wanted.length || wanted.includes("blok")) {
  const blocks = await siteOfBlocks();
  await visit(browser, blocks, { width: 1000 }, async (about) => {
    await about.goto(`${blocks.url}/about/`, { waitUntil: "networkidle" });
    await about.locator(".prose").screenshot({ path: join(IMAGES, "akademi", "blok.png") });
  });
  blocks.close();
}
await browser.close();
site.close();
