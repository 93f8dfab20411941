// The HTML of every page, by html-validate: what the standard asks for, and what the tool recommends besides.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { built, siteOfBlocks } from "./example.mjs";

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ["html-validate:recommended"],
    rules: {
      // How HTML is written down, not what it says: blanks at the ends of lines, capitals, `<br/>`, `disabled=""`.
      "attribute-boolean-style": "off",
      "doctype-style": "off",
      "no-trailing-whitespace": "off",
      "void-style": "off",
      // Safari takes the role from lists and tables whose looks are changed, unless it is written.
      "no-redundant-role": "off",
      "prefer-native-element": "off",
      // The colour that stands in for a picture until it is there, and the accent of the site, are known page by page.
      "no-inline-style": "off",
      // A title is as long as its author wants it.
      "long-title": "off",
      // Filters and search answer to every change: there is nothing to send.
      "wcag/h32": "off",
    },
  }),
);

let sites;

before(async () => {
  sites = await Promise.all([built(), siteOfBlocks()]);
});

after(() => sites?.forEach((site) => site.close()));

test("the HTML of every page is valid", async () => {
  const problems = [];
  for (const site of sites) {
    assert.ok(site.pages.length > 5);
    for (const path of site.pages) {
      const file = join(site.out, path.endsWith("/") ? `${path}index.html` : path);
      const report = await validator.validateString(await readFile(file, "utf8"), path);
      for (const { messages } of report.results) {
        problems.push(...messages.map((one) => `${path}:${one.line}:${one.column} ${one.ruleId}: ${one.message}`));
      }
    }
  }
  assert.deepEqual(problems, []);
});

test("what is not valid is found", async () => {
  const report = await validator.validateString("<!doctype html><html lang='id'><head><title>a</title></head><body><p><div></div></p></body></html>");
  assert.equal(report.valid, false);
});
