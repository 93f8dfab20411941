// Pictures of the theme for the documents: one sheet per kind of page, with phone and desktop, light and dark.
//
//     node tests/browser/sheets.mjs [KIND...]      writes docs/images/akademi/KIND.webp, blok.webp and docs/images/beranda.webp
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { KINDS, NOW, REPOSITORY, WIDTHS, built, siteOfBlocks, startBrowser, visit } from "./example.mjs";

const LONGEST = 2400; // pixels of a page that are shown
const QUALITY = 72;
const IMAGES = join(REPOSITORY, "docs/images");
const SHOWN = { ...KINDS, "cari-hasil": "/cari/?q=python", istilah: "/topik/karier/" };
const asked = process.argv.slice(2);
const wanted = (kind) => !asked.length || asked.includes(kind);

const scratch = await mkdtemp(join(tmpdir(), "silabus-sheets-"));
const [site, browser] = await Promise.all([built(), startBrowser()]);
await mkdir(join(IMAGES, "akademi"), { recursive: true });

/** Keeps what `locator` shows as WebP, which the browser makes but the library around it does not offer. */
async function keep(page, locator, ...path) {
  const { x, y, width, height } = await locator.boundingBox();
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: QUALITY,
    captureBeyondViewport: true,
    clip: { x, y, width, height, scale: 1 },
  });
  await writeFile(join(IMAGES, ...path), Buffer.from(data, "base64"));
}

async function shots(site, kind, path) {
  const files = [];
  for (const width of [WIDTHS.desktop, WIDTHS.phone]) {
    for (const scheme of ["light", "dark"]) {
      await visit(browser, site, { width, scheme, reducedMotion: "reduce" }, async (page) => {
        await page.clock.setFixedTime(NOW);
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

const paper = await browser.newPage({ viewport: { width: 1520, height: 1000 } });

async function sheet(site, kind, path) {
  const pictures = (await shots(site, kind, path)).map(
    ({ file, width }) => `<img src="${pathToFileURL(file)}" style="width:${Math.round(width * (width > 500 ? 0.36 : 0.5))}px">`,
  );
  const file = join(scratch, `${kind}.html`);
  await writeFile(
    file,
    `<style>body{margin:0;background:#8b8f9c}div{display:flex;gap:16px;align-items:flex-start;width:max-content;padding:16px}
    img{border-radius:6px}</style><div>${pictures.join("")}</div>`,
  );
  await paper.goto(pathToFileURL(file).href);
  await keep(paper, paper.locator("div"), "akademi", `${kind}.webp`);
}

for (const [kind, path] of Object.entries(SHOWN)) {
  if (wanted(kind)) await sheet(site, kind, path);
}
if (wanted("beranda")) {
  await visit(browser, site, { width: 1280 }, async (home) => {
    await home.clock.setFixedTime(NOW);
    await home.goto(`${site.url}/`, { waitUntil: "networkidle" });
    await home.setViewportSize({ width: 1280, height: 900 });
    await home.evaluate(() => (document.documentElement.style.cssText += ";height:900px;overflow:hidden"));
    await keep(home, home.locator("html"), "beranda.webp");
  });
}
if (wanted("blok")) {
  const blocks = await siteOfBlocks();
  await sheet(blocks, "blok-halaman", "/about/");
  await visit(browser, blocks, { width: 1000 }, async (about) => {
    await about.goto(`${blocks.url}/about/`, { waitUntil: "networkidle" });
    await keep(about, about.locator(".prose"), "akademi", "blok.webp");
  });
  blocks.close();
}
await browser.close();
site.close();
