import { readableText } from "../../../kit/values/html/readable-text.ts";
import type { FollowedRecord } from "./followed-records.ts";
import { summaryOf } from "./write-feed.ts";

/** Longest line, in bytes without its end (RFC 5545, 3.1). */
const maxLine = 75;

/**
 * Writes the deadlines of aids as a calendar (iCalendar, RFC 5545): an all-day event on the last day to apply. Aids without a deadline have
 * no event. `name`: title of the calendar. `now`: the time of writing.
 */
export function writeCalendar(records: readonly FollowedRecord[], { name, now }: { readonly name: string; readonly now: Date }): string {
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Moisson//Aides//FR", "CALSCALE:GREGORIAN", property("NAME", name)];
  const lines = [...head, property("X-WR-CALNAME", name), ...records.flatMap((record) => eventOf(record, now)), "END:VCALENDAR"];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

function eventOf(record: FollowedRecord, now: Date): readonly string[] {
  if (record.submission_deadline === null) return [];
  const day = record.submission_deadline.slice(0, 10);
  const contact = record.contact === null ? "" : `\n\nContact :\n${readableText(record.contact)}`;
  return [
    "BEGIN:VEVENT",
    `UID:${record.aid_id}@moisson`,
    `DTSTAMP:${utc(now)}`,
    `LAST-MODIFIED:${utc(new Date(record.date_updated))}`,
    `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
    `DTEND;VALUE=DATE:${dayAfter(day).replaceAll("-", "")}`,
    property("SUMMARY", `Clôture : ${record.name}`),
    property("DESCRIPTION", `${summaryOf(record)}${contact}`),
    ...(record.origin_url === null ? [] : [`URL:${record.origin_url.replace(/[\r\n]/g, "")}`]),
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** Writes a text property. Escapes backslash, semicolon, comma and line ends, and removes control characters. */
function property(name: string, text: string): string {
  const escaped = text
    .replace(/(?![\t\n])\p{Cc}/gu, "")
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll("\n", "\\n");
  return `${name}:${escaped}`;
}

/** Folds a line into pieces of at most 75 bytes. Never cuts a character. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    // A continuation line starts with a blank, which counts.
    if (bytes + size > (pieces.length === 0 ? maxLine : maxLine - 1)) {
      pieces.push(piece);
      piece = "";
      bytes = 0;
    }
    piece += character;
    bytes += size;
  }
  return [...pieces, piece].join("\r\n ");
}

function utc(instant: Date): string {
  return instant.toISOString().replace(/[-:]|\.\d+/g, "");
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
