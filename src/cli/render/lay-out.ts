import { characterCount } from "../../model/aid/aid.ts";
import type { Stretch, Style } from "../../model/compare/stretch.ts";
import { inert } from "../printable.ts";
import type { Terminal } from "../terminal.ts";

/** Marks of removed and added words without colours, as in `git diff --word-diff`. */
const signs: Partial<Record<Style, readonly [string, string]>> = { removed: ["[-", "-]"], added: ["{+", "+}"] };

interface Mark {
  readonly text: string;
  readonly style: Style;
}

/** Marks without a space between, kept on one line. Null is a line break. */
type Cluster = Mark[] | null;

/** Wraps stretches into lines of at most `width` characters, coloured or with signs. A longer word gets its own line. */
export function layOut(stretches: readonly Stretch[], colors: Terminal["colors"], width: number): string[] {
  const lines: Mark[][][] = [];
  let line: Mark[][] = [];
  let room = width;
  const endLine = () => {
    if (line.length > 0) lines.push(line);
    line = [];
    room = width;
  };
  for (const cluster of clustersOf(stretches, colors.isColorSupported)) {
    if (cluster === null) {
      endLine();
      continue;
    }
    const length = cluster.reduce((sum, { text }) => sum + characterCount(text), 0);
    if (length > room) endLine();
    line.push(cluster);
    room -= length + 1;
  }
  endLine();
  return lines.map((clusters) => paint(clusters, colors));
}

function clustersOf(stretches: readonly Stretch[], areColored: boolean): Cluster[] {
  const clusters: Cluster[] = [];
  for (const { style, words } of stretches) {
    const [opening, closing] = (areColored ? undefined : signs[style]) ?? ["", ""];
    for (const [place, word] of words.entries()) {
      const isBreak = word.text === "\n";
      if (isBreak && style !== "removed" && style !== "added") {
        clusters.push(null);
        continue;
      }
      // A line break is shown only if it has changed.
      const text = isBreak ? "¶" : inert(word.text);
      const mark = { style, text: `${place === 0 ? opening : ""}${text}${place === words.length - 1 ? closing : ""}` };
      const last = clusters.at(-1);
      if (word.spaced || !last) clusters.push([mark]);
      else last.push(mark);
      if (isBreak) clusters.push(null);
    }
  }
  return clusters;
}

/** Colours each run of one style once, with the spaces inside. */
function paint(clusters: readonly Mark[][], colors: Terminal["colors"]): string {
  const runs: { style: Style; text: string }[] = [];
  for (const [place, cluster] of clusters.entries()) {
    for (const [index, { style, text }] of cluster.entries()) {
      const blank = place > 0 && index === 0 ? " " : "";
      const run = runs.at(-1);
      if (run?.style === style) run.text += blank + text;
      else {
        if (run !== undefined && blank !== "") runs.push({ style: "kept", text: blank });
        runs.push({ style, text });
      }
    }
  }
  return runs.map(({ style, text }) => painter(style, colors)(text)).join("");
}

function painter(style: Style, colors: Terminal["colors"]): (text: string) => string {
  if (style === "removed" || style === "old") return colors.red;
  if (style === "added" || style === "new") return colors.green;
  return style === "faint" ? colors.dim : (text) => text;
}
