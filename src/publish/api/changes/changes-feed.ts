import { escapedXml } from "../../../model/text/xml-text.ts";
import { type ApiChange, apiChanges, changesPath } from "./api-changes.ts";

/** Returns the Atom feed (RFC 4287) of changes of the API. `url`: of the API, without final slash. */
export function changesFeed(url: string): string {
  const address = escapedXml(`${url}${changesPath}`);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
  <id>${address}</id>
  <title>Changements de l’API des aides publiques</title>
  <updated>${instantOf(apiChanges[0])}</updated>
  <author><name>Moisson</name></author>
  <link rel="self" type="application/atom+xml" href="${address}"/>
${apiChanges.map((change) => entryOf(change, address)).join("\n")}
</feed>
`;
}

function entryOf(change: ApiChange, address: string): string {
  const end = change.sunset === undefined ? "" : ` Fin le ${change.sunset.split("-").reverse().join("/")}.`;
  return `  <entry>
    <id>${address}#${change.id}</id>
    <title>${escapedXml(change.title)}</title>
    <updated>${instantOf(change)}</updated>
    <content type="text">${escapedXml(`${change.text}${end}`)}</content>
  </entry>`;
}

function instantOf(change: ApiChange | undefined): string {
  return `${change?.date ?? "1970-01-01"}T00:00:00Z`;
}
