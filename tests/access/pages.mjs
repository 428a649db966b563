// Judge HTML pages: node pages.mjs CHROMIUM PAGE...
//
// Each page is looked at in every one of SIGHTS. First the pages in broken/, each with one fault, must be found out: a
// judge that cannot find anything finds nothing in good pages, too.
import { readFile, readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import { rules } from "./rules.mjs";

// A sheet of Letter paper is 8.5 inches of 96 pixels wide, and its narrowest margins here are 12 mm.
const SIGHTS = {
  "320 light": { width: 320, media: "screen", colorScheme: "light" },
  "320 dark": { width: 320, media: "screen", colorScheme: "dark" },
  "700 light": { width: 700, media: "screen", colorScheme: "light", only: "fits" },
  "1280 light": { width: 1280, media: "screen", colorScheme: "light" },
  "1280 dark": { width: 1280, media: "screen", colorScheme: "dark" },
  print: { width: 725, media: "print", colorScheme: "light" },
};
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

// The faults of broken/: what has to be found, and where. Nothing else may be found.
const FAULTS = {
  "no-alt.html": { "image-alt": "everywhere", "wcag/h37": "html" },
  "faint.html": { "color-contrast": "everywhere" },
  "faint-in-the-dark.html": { "color-contrast": ["320 dark", "1280 dark"] },
  "faint-on-paper.html": { "color-contrast": ["print"] },
  "too-wide.html": { "does-not-fit": ["320 light", "320 dark"] },
  "headings-jump.html": { "heading-order": "everywhere", "heading-level": "html" },
  "no-language.html": { "html-has-lang": "everywhere", "element-required-attributes": "html" },
  "head-without-words.html": { "empty-table-header": "everywhere" },
  "not-closed.html": { "no-implicit-close": "html", "close-order": "html" },
  "fetches.html": { "fetches": "opening" },
};

const validator = new HtmlValidate(rules);

/** Every finding about the source of a page: { rule, where, what }. */
async function inSource(path) {
  const report = await validator.validateString(await readFile(path, "utf-8"), basename(path));
  return report.results.flatMap((result) =>
    result.messages.map((one) => ({ rule: one.ruleId, where: "html", what: `line ${one.line}: ${one.message}` })),
  );
}

/** Every finding about a page as it is seen. */
async function inSight(browser, path) {
  const found = [];
  const page = await browser.newPage();
  let where = "opening";
  const fetched = (what) => found.push({ rule: "fetches", where, what });
  page.on("request", (one) => one.url() === pathToFileURL(path).href || fetched(one.url()));
  page.on("console", (one) => one.type() === "error" && fetched(one.text()));
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(axe.source);
  for (const [name, sight] of Object.entries(SIGHTS)) {
    where = name;
    await page.setViewportSize({ width: sight.width, height: 900 });
    await page.emulateMedia({ media: sight.media, colorScheme: sight.colorScheme });
    found.push(...(await page.evaluate(outside)).map((what) => ({ rule: "does-not-fit", where, what })));
    if (sight.only === "fits") continue;
    const seen = await page.evaluate((tags) => window.axe.run(document, {
      runOnly: tags, resultTypes: ["violations", "incomplete"], elementRef: false,
    }), TAGS);
    // What axe cannot decide counts as found: these pages are plain enough to be judged whole.
    for (const one of [...seen.violations, ...seen.incomplete])
      for (const node of one.nodes)
        found.push({ rule: one.id, where, what: `${node.target.join(" ")}: ${one.help}. ${node.any[0]?.message ?? ""}` });
  }
  await page.close();
  return found;
}

/** What stands beyond the edge of the window; runs in the page. */
function outside() {
  const edge = document.documentElement.clientWidth;
  const found = document.documentElement.scrollWidth > edge ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    range.selectNodeContents(texts.currentNode);
    // What is only heard is clipped to nothing, so it has no place.
    if (texts.currentNode.parentElement.closest("thead") && getComputedStyle(texts.currentNode.parentElement.closest("thead")).position === "absolute") continue;
    const { left, right } = range.getBoundingClientRect();
    if (right > edge + 0.5 || left < -0.5) found.push(`"${texts.currentNode.data.trim().slice(0, 40)}" reaches from ${left} to ${right}`);
  }
  return found.slice(0, 3);
}

/** All findings, page by page; as many pages at once as there are processors. */
async function judged(browser, paths) {
  const found = new Map(paths.map((path) => [path, []]));
  const waiting = [...paths];
  const work = async () => {
    for (let path = waiting.shift(); path; path = waiting.shift())
      found.set(path, [...(await inSource(path)), ...(await inSight(browser, path))]);
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
  return found;
}

/** What the judges missed in the broken pages, or found without cause. */
function blind(found) {
  const wrong = [];
  for (const [name, faults] of Object.entries(FAULTS)) {
    const findings = [...found].find(([path]) => basename(path) === name)?.[1];
    if (!findings) { wrong.push(`broken/${name} is missing`); continue; }
    const seen = new Set(findings.map((one) => `${one.rule} in ${one.where}`));
    const wanted = new Set();
    for (const [rule, places] of Object.entries(faults)) {
      const everywhere = Object.keys(SIGHTS).filter((sight) => SIGHTS[sight].only !== "fits");
      for (const place of places === "everywhere" ? everywhere : [places].flat()) wanted.add(`${rule} in ${place}`);
    }
    wrong.push(...[...wanted].filter((one) => !seen.has(one)).map((one) => `broken/${name}: not found: ${one}`));
    wrong.push(...[...seen].filter((one) => !wanted.has(one)).map((one) => `broken/${name}: found as well: ${one}`));
  }
  return wrong;
}

const [executablePath, ...pages] = process.argv.slice(2);
const folder = fileURLToPath(new URL("broken/", import.meta.url));
const broken = (await readdir(folder)).filter((name) => name.endsWith(".html")).map((name) => folder + name);
const browser = await chromium.launch({ executablePath, args: FLAGS });
const start = Date.now();
const wrong = blind(await judged(browser, broken));
for (const line of wrong) console.log(line);
const found = await judged(browser, pages);
await browser.close();
let count = 0;
for (const [path, findings] of found)
  for (const one of findings) { count += 1; console.log(`${basename(path)}, ${one.where}: ${one.rule}: ${one.what}`); }
const axed = Object.values(SIGHTS).filter((sight) => sight.only !== "fits").length;
console.log(`${broken.length} broken pages: ${wrong.length ? "not all found out" : "each fault found"}`);
console.log(`${pages.length} pages: html-validate on each, axe-core ${axe.version} in ${axed} sights of each (${Object.keys(SIGHTS).join(", ")}), ${count} findings, ${Math.round((Date.now() - start) / 1000)} seconds`);
process.exitCode = wrong.length || count || !pages.length ? 1 : 0;
