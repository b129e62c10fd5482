import type { FeedContent } from "../../ingest/decode/container/open-feed.ts";
import { refuseMarkup } from "../../ingest/decode/container/refuse-html-page.ts";
import { readText } from "../../ingest/decode/text/read-text.ts";
import { xmlEncoding } from "../../ingest/decode/xml/decode-xml.ts";
import { StrictXmlParser } from "../../ingest/decode/xml/xml-parser.ts";
import { localName } from "../../ingest/decode/xml/xml-value.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { evidence } from "../../model/survey/evidence.ts";
import { isKnownTitle } from "../profile/match-name.ts";
import type { Readings } from "../survey.ts";
import { surveyLimits } from "./read-sample.ts";

/** Maximum number of elements examined. The first elements are enough to find the records. */
const maxElements = 200_000;
const maxDepth = 8;

/** All elements with the same path from the root. */
interface Outline {
  count: number;
  /** Names of children, and of attributes with `@`. */
  readonly inside: Set<string>;
}

/** Finds the elements that may be records, best first. Throws `FeedUnreadable` for damaged, unsafe or empty files, and HTML. */
export async function xmlReadings(content: FeedContent): Promise<Readings> {
  const outline = await outlineOf(content);
  const candidates = [...outline]
    .map(([path, { count, inside }]) => keyedCandidate(path, count, inside, outline) ?? { path, score: scoreOf(path, count, inside) })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const [best, ...others] = candidates;
  if (best === undefined) throw new FeedUnreadable("no-such-path", { path: "/*/*" });
  const close = others.filter(({ score }) => score > best.score / 2).slice(0, 3);
  return {
    readings: [best, ...close].map(({ path, keyedBy }) => ({ format: "xml", recordPath: path, ...(keyedBy !== undefined && { keyedBy }) })),
    remarks: close.length === 0 ? [] : [evidence("other-lists", { path: best.path, others: close.map(({ path }) => path).join(", ") })],
  };
}

interface Candidate {
  readonly path: string;
  readonly score: number;
  readonly keyedBy?: string;
}

/** Scores an element by its count, its children and their names. The root is never a record and gets 0. */
function scoreOf(path: string, count: number, inside: ReadonlySet<string>): number {
  if (path.split("/").length < 3 || inside.size === 0) return 0;
  const known = [...inside].filter((name) => isKnownTitle(name.replace("@", ""))).length;
  return (inside.size + 3 * known) * Math.log2(1 + count);
}

const naming = ["name", "nom", "key", "field"];

/** Recognises records whose children have one name and differ by an attribute, as in database exports: `<column name="titre">`. */
function keyedCandidate(path: string, count: number, inside: ReadonlySet<string>, outline: ReadonlyMap<string, Outline>): Candidate | null {
  const children = [...inside].filter((name) => !name.startsWith("@"));
  const members = children.length === 1 ? outline.get(`${path}/${children[0]}`) : undefined;
  const keyedBy = naming.find((name) => members?.inside.has(`@${name}`));
  if (members === undefined || keyedBy === undefined || members.count < 2 * count) return null;
  return { path, keyedBy, score: 3 * (members.count / count) * Math.log2(1 + count) };
}

async function outlineOf(content: FeedContent): Promise<ReadonlyMap<string, Outline>> {
  const outline = new Map<string, Outline>();
  const open: string[] = [];
  let elements = 0;
  const parser = new StrictXmlParser(
    {
      open: (tag) => {
        const name = localName(tag.name);
        if (open.length > 0 && open.length < maxDepth) outline.get(`/${open.join("/")}`)?.inside.add(name);
        open.push(name);
        elements++;
        if (open.length > maxDepth) return;
        const path = `/${open.join("/")}`;
        const known = outline.get(path) ?? { count: 0, inside: new Set() };
        known.count++;
        for (const attribute of Object.keys(tag.attributes))
          if (!attribute.startsWith("xmlns")) known.inside.add(`@${localName(attribute)}`);
        outline.set(path, known);
      },
      text: () => undefined,
      close: () => void open.pop(),
      nearby: () => "",
    },
    surveyLimits.recordBytes,
    "",
  );
  try {
    for await (const pieces of readText(content.bytes(), xmlEncoding(content.head))) {
      for (const { text } of pieces) parser.write(text);
      if (elements >= maxElements) return outline;
    }
    parser.end();
  } catch (error) {
    if (!(error instanceof FeedUnreadable)) throw error;
    // HTML gets its own error. In damaged XML, the part before the damage may be enough.
    if (error.code === "malformed") refuseMarkupUnlessXml(content.head);
    if (error.code !== "malformed" || elements < 3) throw error;
  }
  return outline;
}

function refuseMarkupUnlessXml(head: Uint8Array): void {
  try {
    refuseMarkup(head);
  } catch (error) {
    if (error instanceof FeedUnreadable && error.params.found === "xml") return;
    throw error;
  }
}
