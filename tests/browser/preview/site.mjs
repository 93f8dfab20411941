// A copy of the example site, served to a browser while its files change.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const PROGRAM = process.env.SILABUS ?? join(REPOSITORY, "target/debug/silabus");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
// A folder whose live.js and page.css stand in for those that the program was built with.
const OWN_FILES = process.env.LIVE_FILES;

/** Milliseconds that anything may take on a machine that does much else. */
export const PATIENCE = 20_000;

/** An article whose page nothing but itself and the lists depend on. */
export const ARTICLE = "content/artikel/backend-developer.md";
export const ARTICLE_PAGE = "/artikel/backend-developer/";

/** A sentence far down in that article, shown nowhere else. */
export const SENTENCE = "Pengguna jarang melihat hasil kerja backend secara langsung.";

export function startBrowser() {
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

/** Waits until `holds` gives something true, and gives that. */
export async function until(what, holds) {
  const end = Date.now() + PATIENCE;
  let last;
  while (Date.now() < end) {
    last = await holds();
    if (last) return last;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`in vain waited until ${what}`);
}

/** The process and what it says. */
function launch(root) {
  const args = ["serve", "--root", root, "--port", "0", "--now", "2026-11-22T08:00:00+07:00"];
  const child = spawn(PROGRAM, args, { stdio: ["ignore", "pipe", "pipe"] });
  const running = { child, said: "", ended: null };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (running.said += text));
  }
  child.on("error", (error) => (running.ended = String(error)));
  child.on("exit", (code, signal) => (running.ended = `ended with ${code ?? signal}`));
  return running;
}

/** Serves a copy of the example site until the test `t` is over. `prepare` may change it first. */
export async function preview(t, browser, prepare = async () => {}) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "silabus-preview-")));
  const root = join(folder, "site");
  await mkdir(root);
  for (const name of ["content", "static", "templates", "themes", "silabus.toml"]) {
    await cp(join(REPOSITORY, name), join(root, name), { recursive: true });
  }
  const site = files(folder, root);
  await prepare(site);
  const running = launch(root);
  t.after(async () => {
    running.child.kill();
    await rm(folder, { recursive: true, force: true });
  });
  const listening = () => running.ended ?? running.said.match(/^ {2}(http:\S+)\/$/m);
  const [, url] = await until("the address is printed", listening);
  assert.ok(url, `${running.ended}: ${running.said}`);
  const alive = () => assert.equal(running.ended, null, running.said);
  return { ...site, url, alive, open: opener(t, browser, url, alive) };
}

function files(folder, root) {
  const path = (name) => join(root, name);
  // Renamed into place, so that nobody ever sees half of a file.
  const write = async (name, text) => {
    const draft = join(folder, "draft");
    await writeFile(draft, text);
    await mkdir(dirname(path(name)), { recursive: true });
    await rename(draft, path(name));
  };
  const edit = async (name, from, to) => {
    const text = await readFile(path(name), "utf8");
    assert.ok(text.includes(from), `${name} holds no “${from}”`);
    await write(name, text.replace(from, () => to));
  };
  return { folder, root, path, write, edit };
}

/** A new window of the browser. */
function opener(t, browser, url, alive) {
  let shared = null;
  return async (address, options) => {
    // Tabs without options of their own share one window, as those of an author do.
    if (options || !shared) {
      const context = await browser.newContext(options);
      t.after(() => context.close());
      context.setDefaultTimeout(PATIENCE);
      if (OWN_FILES) await ownFiles(context);
      if (!options) shared = context;
      return tab(context, url, address, alive);
    }
    return tab(shared, url, address, alive);
  };
}

/** The files of the preview itself as they are in the folder, rather than in the program. */
async function ownFiles(context) {
  for (const name of ["live.js", "page.css"]) {
    await context.route(`**/_silabus/${name}`, (route) => route.fulfill({ path: join(OWN_FILES, name) }));
  }
}

/** One page in the browser. */
async function tab(context, url, address, alive) {
  const page = await context.newPage();
  const opened = { page, loads: 0, problems: [] };
  page.on("framenavigated", () => (opened.loads += 1));
  page.on("pageerror", (error) => opened.problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") opened.problems.push(message.text());
  });
  const listens = page.waitForResponse((response) => response.url().includes("/_silabus/events"));
  opened.response = await page.goto(url + address);
  await listens;
  const panel = page.locator("silabus-problems .panel");
  return Object.assign(opened, {
    panel,
    shows: (text) => page.getByText(text).first().waitFor({ state: "attached" }).catch((error) => {
      alive();
      throw error;
    }),
    overlay: () => panel.waitFor({ state: "visible" }),
    mended: () => page.locator("silabus-problems").waitFor({ state: "detached" }),
    mark: () => page.evaluate(() => void (window.marked = true)),
    marked: () => page.evaluate(() => window.marked === true),
    path: () => new URL(page.url()).pathname,
  });
}

/** Waits until the preview has looked at everything once more. */
export async function sync(site) {
  const answer = await fetch(`${site.url}/_silabus/sync`);
  assert.equal(answer.status, 200, await answer.text());
}
