import { z } from "zod";
import { dayEnd } from "../../../kit/values/dates/day-instants.ts";
import { escapedXml } from "../../../model/text/xml-text.ts";
import { givenOlderNames, type Parameter } from "../parameters/parameter.ts";
import changes from "./api-changes.json" with { type: "json" };
import type { ChangeEntry } from "./jump-entries.ts";

const ApiChange = z.strictObject({
  /** Never changed: feed readers know the change by it. */
  id: z.string(),
  date: z.iso.date(),
  /** In French. */
  title: z.string(),
  text: z.string(),
  /** Last day of what the change deprecates. */
  sunset: z.iso.date().optional(),
});

/** A change of the API that a client may have to follow. */
type ApiChange = z.infer<typeof ApiChange>;

/** All changes, latest first. */
const apiChanges: readonly ApiChange[] = z
  .array(ApiChange)
  .parse(changes)
  .sort((a, b) => (a.date < b.date ? 1 : -1));

/** Path of the feed of changes. */
export const changesPath = "/api/changes.atom";

/** The change that deprecates older names of parameters. */
const olderNames = apiChanges.find(({ id }) => id === "older-names");

/**
 * Returns the headers of a request with older names of parameters: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and a link to the feed
 * of changes. Empty for other requests. `url`: of the API, without final slash.
 */
export function deprecationHeaders(
  parameters: readonly Parameter[],
  query: URLSearchParams,
  url: string,
): Readonly<Record<string, string>> {
  if (olderNames === undefined || givenOlderNames(parameters, query).length === 0) return {};
  const { date, sunset } = olderNames;
  return {
    deprecation: `@${Date.parse(date) / 1000}`,
    ...(sunset !== undefined && { sunset: new Date(`${sunset}${dayEnd}`).toUTCString() }),
    link: `<${url}${changesPath}>; rel="deprecation"; type="application/atom+xml"`,
  };
}

/** Returns the Atom feed (RFC 4287) of changes of the API and jumps of the catalogue. `url`: of the API, without final slash. */
export function changesFeed(url: string, jumps: readonly ChangeEntry[]): string {
  const address = escapedXml(`${url}${changesPath}`);
  const entries = [...jumps, ...apiChanges.map(entryOf)].sort((a, b) => (a.updated < b.updated ? 1 : -1));
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
  <id>${address}</id>
  <title>Changements de l’API des aides publiques</title>
  <updated>${entries[0]?.updated ?? "1970-01-01T00:00:00Z"}</updated>
  <author><name>Moisson</name></author>
  <link rel="self" type="application/atom+xml" href="${address}"/>
${entries.map((entry) => entryXml(entry, address)).join("\n")}
</feed>
`;
}

function entryOf({ id, date, title, text, sunset }: ApiChange): ChangeEntry {
  const end = sunset === undefined ? "" : ` Fin le ${sunset.split("-").reverse().join("/")}.`;
  return { id, title, updated: `${date}T00:00:00Z`, text: `${text}${end}` };
}

function entryXml({ id, title, updated, text, category }: ChangeEntry, address: string): string {
  return `  <entry>
    <id>${address}#${id}</id>
    <title>${escapedXml(title)}</title>
    <updated>${updated}</updated>${category === undefined ? "" : `\n    <category term="${category}"/>`}
    <content type="text">${escapedXml(text)}</content>
  </entry>`;
}
