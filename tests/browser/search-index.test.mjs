// The reader of the search index, on the index of the example site, without a browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { open, price, words } from "../../themes/akademi/scripts/js/_search-index.js";

const root = new URL("../..", import.meta.url).pathname;
const silabus = process.env.SILABUS ?? join(root, "target/debug/silabus");
let folder;
let index;
let loaded;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "silabus-search-"));
  const output = join(folder, "public");
  const now = ["--now", "2026-11-22T08:00:00+07:00"];
  execFileSync(silabus, ["-r", root, "-q", "build", ...now, "--output-dir", output]);
  loaded = [];
  index = await open(`${output}/cari/`, async (address) => {
    loaded.push(address);
    return JSON.parse(readFileSync(address.replace(/\?v=.*/, ""), "utf8"));
  });
});

after(() => rmSync(folder, { recursive: true, force: true }));

const titles = async (query, options) => (await index.find(query, options)).results.map((result) => result.title);

test("words are taken apart as the index does", () => {
  assert.deepEqual(words("Café C++, C# dan Node.js."), ["cafe", "c++", "c#", "dan", "node.js"]);
});

test("a title is found first", async () => {
  assert.equal((await titles("basic python"))[0], "Basic Python Programming");
});

test("a word that is still being typed finds", async () => {
  assert.ok((await titles("pyth")).includes("Basic Python Programming"));
});

test("other forms of a word find the same pages", async () => {
  const one = await index.find("pemrograman", { limit: 100 });
  const other = await index.find("memprogram", { limit: 100 });
  assert.ok(one.total > 3);
  assert.ok(other.total > 3);
});

test("a letter that a prefix took away is given back", async () => {
  // Not the last word, which also stands for longer ones.
  const { total } = await index.find("program python", { limit: 100 });
  assert.ok(total > 3);
  for (const form of ["pemrograman", "pemrogram", "memprogram", "memrogram"])
    assert.equal((await index.find(`${form} python`, { limit: 100 })).total, total, form);
});

test("what a page shows of its fields finds it", async () => {
  assert.ok((await titles("gratis", { limit: 100 })).includes("Dasar Git & Linux"));
  assert.ok((await titles("gaji", { limit: 100 })).includes("Backend Developer"));
  assert.ok((await titles("tatap muka", { limit: 100 })).includes("Desain UI/UX dengan Figma"));
  assert.ok((await titles("menengah", { limit: 100 })).includes("Docker dan CI/CD"));
});

test("a word that is written wrong leads to the one that was meant", async () => {
  assert.equal((await index.find("pyhton")).meant, "python");
  assert.equal((await index.find("basic pytohn")).meant, "basic python");
  assert.equal((await index.find("python")).meant, null);
  assert.equal((await index.find("xqzwvk")).meant, null);
});

test("results can be narrowed", async () => {
  const { results } = await index.find("python", { fits: (result) => result.kind === "course" });
  assert.ok(results.length > 0);
  assert.ok(results.every((result) => result.kind === "course"));
});

test("what no page has finds nothing", async () => {
  assert.equal((await index.find("xqzwvk")).total, 0);
  assert.equal((await index.find("")).total, 0);
});

test("a search reads few files", async () => {
  const fresh = [];
  const again = await open(`${folder}/public/cari/`, async (address) => {
    fresh.push(address);
    return JSON.parse(readFileSync(address.replace(/\?v=.*/, ""), "utf8"));
  });
  await again.find("belajar python", { limit: 5 });
  assert.ok(new Set(fresh).size <= 6, fresh.join("\n"));
});

test("a promo that is over is no price", () => {
  const result = { price: "Rp800.000", until: "2026-12-31T17:00:00Z", then: "Rp1.000.000" };
  assert.equal(price(result, Date.parse("2026-12-31T16:59:59Z")), "Rp800.000");
  assert.equal(price(result, Date.parse("2026-12-31T17:00:00Z")), "Rp1.000.000");
});
