import { Feed } from "feed";
import { undatedMessage } from "../../../french/open-until.ts";
import { capitalize } from "../../../french/typography.ts";
import { readableText } from "../../../kit/values/html/readable-text.ts";
import { withoutForbiddenXml } from "../../../model/text/xml-text.ts";
import { cutAtWord } from "../cut-at-word.ts";
import type { FollowedRecord } from "./followed-records.ts";

/** Facts of a feed. Addresses are absolute. */
export interface FeedFacts {
  readonly title: string;
  /** Address of this feed. */
  readonly self: string;
  /** Address of the same search for people or programs. */
  readonly page: string;
  /** Day or instant of the latest change. */
  readonly updated: Date;
  /** Address of an aid in the API, for aids without a page of their own. */
  readonly addressOf: (record: FollowedRecord) => string;
}

/** Longest text of an entry, in characters. */
const maxText = 1000;

/** Writes aids as Atom 1.0 (RFC 4287) or RSS 2.0, with stable ids, so that a reader shows each aid once. */
export function writeFeed(kind: "atom" | "rss", records: readonly FollowedRecord[], facts: FeedFacts): string {
  const feed = new Feed({
    title: facts.title,
    id: facts.self,
    link: facts.page,
    language: "fr",
    updated: facts.updated,
    generator: "Moisson",
    copyright: "Chaque aide dit sa licence et sa source.",
    feedLinks: { [kind]: facts.self },
  });
  for (const record of records) {
    feed.addItem({
      title: withoutForbiddenXml(record.name),
      id: `urn:uuid:${record.aid_id}`,
      guid: `urn:uuid:${record.aid_id}`,
      link: record.origin_url ?? facts.addressOf(record),
      description: withoutForbiddenXml(summaryOf(record)),
      date: new Date(record.date_updated),
      published: new Date(record.date_created),
      author: [{ name: withoutForbiddenXml(record.financers.join(", ") || (record.publisher.name ?? "")) }],
      category: record.categories.map((name) => ({ name: withoutForbiddenXml(name) })),
    });
  }
  return kind === "atom" ? feed.atom1() : feed.rss2();
}

/** Returns the most important facts: until when, for whom, where, then the beginning of the description. */
export function summaryOf(record: FollowedRecord): string {
  const facts = [
    record.submission_deadline === null
      ? capitalize(undatedMessage(record.open_until))
      : `Clôture : ${frenchDay(record.submission_deadline)}`,
    record.targeted_audiences.length === 0 ? "" : `Pour : ${record.targeted_audiences.join(", ")}`,
    record.perimeter === null ? "" : `Où : ${record.perimeter}`,
    record.import_data_mention ?? "",
  ].filter((fact) => fact !== "");
  const text = record.description === null ? "" : readableText(record.description);
  return [facts.join(" – "), cutAtWord(text, maxText)].filter((part) => part !== "").join("\n\n");
}

function frenchDay(day: string): string {
  const [year, month, date] = day.slice(0, 10).split("-");
  return `${date}/${month}/${year}`;
}
