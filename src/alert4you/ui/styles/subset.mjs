// Writes tokens.css: the design tokens of the NL Design System's example theme ("voorbeeld"), as far as the
// components in components.css (and our own styles) ask for them. The whole theme is 200 kB, this is a tenth.
// Run from the root of the repository after adding a component: node src/alert4you/ui/styles/subset.mjs
import { readFileSync, writeFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const theme = readFileSync("node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css", "utf8");
const tokens = new Map([...theme.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map(([, name, value]) => [name, value]));
const asked = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name);

const components = readFileSync(join(here, "components.css"), "utf8");
const sheets = [...components.matchAll(/@import "([^"]+)"/g)].map(([, path]) => path);
const onDisk = (path) => join("node_modules", path.includes("/dist/") ? path : path.replace("-css/", "-css/dist/"));
const ours = readdirSync(here).filter((name) => name.endsWith(".css") && name !== "tokens.css");
const queue = [...sheets.map(onDisk), ...ours.map((name) => join(here, name))].flatMap((path) => asked(readFileSync(path, "utf8")));

const kept = new Set();
while (queue.length) {
  const name = queue.pop();
  if (!tokens.has(name) || kept.has(name)) continue;
  kept.add(name);
  queue.push(...asked(tokens.get(name)));
}
const lines = [...kept].sort().map((name) => `  ${name}: ${tokens.get(name)};`);
const notice = "/* Made by subset.mjs from @nl-design-system-unstable/voorbeeld-design-tokens (EUPL-1.2). Do not edit. */";
writeFileSync(join(here, "tokens.css"), `${notice}\n:root {\n${lines.join("\n")}\n}\n`);
console.log(`${kept.size} of ${tokens.size} tokens`);
