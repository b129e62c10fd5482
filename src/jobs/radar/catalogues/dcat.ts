import { isRecord } from "../../../kit/expressions/field-path.ts";
import type { FeedFind } from "../../../model/publisher/feed-lead.ts";
import { type ReadAddress, readJson } from "../read-address.ts";
import { aidWords } from "../words-of-lists.ts";

type Node = Readonly<Record<string, unknown>>;

const readable = /csv|json|excel|spreadsheet|xlsx?|opendocument|\bods\b|xml|yaml|zip/i;

/**
 * Finds files in a DCAT catalogue in JSON: JSON-LD with a `@graph` or a tree, or a `data.json`. `place`: address of the catalogue.
 * Source: https://www.w3.org/TR/vocab-dcat-3/
 */
export async function* findInDcat(read: ReadAddress, place: URL): AsyncGenerator<FeedFind> {
  const document = await readJson(read, place);
  const nodes = [...everyNode(document)];
  const byId = new Map(nodes.filter((node) => Object.keys(node).length > 1).map((node) => [node["@id"], node]));
  const resolved = (value: unknown): Node[] =>
    [value].flat().flatMap((one) => {
      if (typeof one === "string") return [byId.get(one) ?? { "@id": one }];
      return isRecord(one) ? [byId.get(one["@id"]) ?? one] : [];
    });
  for (const dataset of nodes.filter((node) => hasType(node, "Dataset"))) {
    const title = textOf(property(dataset, "title"));
    const keywords = [property(dataset, "keyword")].flat().map(textOf).join(" ");
    const words = aidWords(`${title} ${textOf(property(dataset, "description"))} ${keywords}`);
    if (words.length === 0) continue;
    const [publisher] = resolved(property(dataset, "publisher"));
    const page = addressOf(property(dataset, "landingPage"));
    for (const distribution of resolved(property(dataset, "distribution"))) {
      const address = addressOf(property(distribution, "downloadURL")) ?? addressOf(property(distribution, "accessURL"));
      const format = ["format", "mediaType"].map(
        (key) => textOf(property(distribution, key)) || (addressOf(property(distribution, key)) ?? ""),
      );
      if (address === null || !readable.test(`${format.join(" ")} ${address}`)) continue;
      const name = publisher === undefined ? "" : textOf(property(publisher, "name"));
      yield { address, title, publisher: name, page, catalogue: place.host, reasons: [{ code: "words", words }] };
    }
  }
}

/** Nesting that no catalogue exceeds. */
const maxDepth = 12;

function* everyNode(value: unknown, depth = 0): Generator<Node> {
  if (depth > maxDepth) return;
  if (Array.isArray(value)) for (const one of value) yield* everyNode(one, depth + 1);
  else if (isRecord(value)) {
    yield value;
    for (const one of Object.values(value)) if (typeof one === "object") yield* everyNode(one, depth + 1);
  }
}

/** Returns a property by its name without prefix: `dct:title`, `http://purl.org/dc/terms/title` and `title` are the same. */
function property(node: Node, name: string): unknown {
  const key = Object.keys(node).find(
    (one) => one === name || one.endsWith(`:${name}`) || one.endsWith(`/${name}`) || one.endsWith(`#${name}`),
  );
  return key === undefined ? undefined : node[key];
}

function hasType(node: Node, type: string): boolean {
  return [node["@type"]]
    .flat()
    .some((one) => typeof one === "string" && (one === type || one.endsWith(`:${type}`) || one.endsWith(`#${type}`)));
}

/** Returns a text in French if there is one, otherwise the first. */
function textOf(value: unknown): string {
  const all = [value].flat();
  const french = all.find((one) => isRecord(one) && one["@language"] === "fr");
  const chosen = french ?? all[0];
  if (typeof chosen === "string") return chosen;
  return isRecord(chosen) && typeof chosen["@value"] === "string" ? chosen["@value"] : "";
}

function addressOf(value: unknown): string | null {
  const [first] = [value].flat();
  const address = typeof first === "string" ? first : isRecord(first) ? (first["@id"] ?? first["@value"]) : null;
  return typeof address === "string" && /^https?:\/\//i.test(address) && URL.canParse(address) ? address : null;
}
