/**
 * Counts phrases that readers stumble on in comments and Markdown pages, and fails above 25 per 1,000 lines. Phrases in `never` are errors.
 * `node tools/check-prose.mjs --list` shows each line. CONTRIBUTING.md says how we write.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const maxPerThousand = 25;
const odd =
  /\b(stands?|stood)\b|\b(is|are) none\b|\b(is|are) told\b|\bthere (is|are) none\b|\bwho is not\b|\bwhat (is|was|has|comes|goes|came|holds|stands|it|they|one|we|somebody)\b|\bof (whom|which) (it|they)\b|\bthe one that\b|\bone that\b|\bas it is written\b/i;
const never = [
  /\bthere are none of\b/i,
  /\b(is|are) told\b/i,
  /\bsaid in one line\b/i,
  /\bwho is not signed in\b/i,
  /\bwhat is not in (it|them)\b/i,
  /\bof (whom|which) none\b/i,
  /\bstands? (in|there|beside|once|over|for itself)\b/i,
];

const files = execFileSync("git", ["ls-files", "src", "connectors", "test", "*.md"], { encoding: "utf8" }).trim().split("\n");
const isComment = (line) => /^\s*(\/\*\*|\*|\/\/)/.test(line);
const isProse = (line) => !/^\s*(\||```|$)/.test(line);

let total = 0;
const found = [];
const forbidden = [];
for (const file of files) {
  const isPage = file.endsWith(".md");
  if (!isPage && !/\.tsx?$/.test(file)) continue;
  for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
    if (!(isPage ? isProse(line) : isComment(line))) continue;
    total++;
    const at = `${file}:${index + 1}: ${line.trim()}`;
    if (odd.test(line)) found.push(at);
    if (never.some((phrase) => phrase.test(line))) forbidden.push(at);
  }
}

const rate = Math.floor((found.length * 1000) / total);
if (process.argv.includes("--list")) process.stdout.write(found.map((line) => `${line}\n`).join(""));
process.stdout.write(`${found.length} of ${total} lines of comments and pages (${rate} per 1,000) contain a phrase to read twice\n`);
for (const line of forbidden) process.stderr.write(`rewrite: ${line}\n`);
if (rate > maxPerThousand) process.stderr.write(`at most ${maxPerThousand} per 1,000 are allowed; --list shows the lines\n`);
process.exitCode = rate > maxPerThousand || forbidden.length > 0 ? 1 : 0;
