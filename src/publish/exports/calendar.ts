/** An all-day event. */
export interface CalendarEvent {
  /** Identifies the event for ever, for example `aide-12@moisson`. */
  readonly uid: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly title: string;
  readonly description: string;
  readonly url: string | null;
  /** Null if unknown. */
  readonly changedAt: Date | null;
}

/** Longest line, in bytes without its end (RFC 5545, 3.1). */
const maxLine = 75;

/** Writes events as a calendar (iCalendar, RFC 5545). `name`: title of the calendar. `now`: the time of writing. */
export function writeCalendar(events: readonly CalendarEvent[], { name, now }: { readonly name: string; readonly now: Date }): string {
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Moisson//Aides//FR", "CALSCALE:GREGORIAN", property("NAME", name)];
  const lines = [...head, property("X-WR-CALNAME", name), ...events.flatMap((event) => eventLines(event, now)), "END:VCALENDAR"];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

function eventLines({ uid, day, title, description, url, changedAt }: CalendarEvent, now: Date): readonly string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${utc(now)}`,
    ...(changedAt === null ? [] : [`LAST-MODIFIED:${utc(changedAt)}`]),
    `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
    `DTEND;VALUE=DATE:${dayAfter(day).replaceAll("-", "")}`,
    property("SUMMARY", title),
    property("DESCRIPTION", description),
    ...(url === null ? [] : [`URL:${url.replace(/[\r\n]/g, "")}`]),
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
