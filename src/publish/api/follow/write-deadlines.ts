import { readableText } from "../../../kit/values/html/readable-text.ts";
import { type CalendarEvent, writeCalendar } from "../../exports/calendar.ts";
import type { FollowedRecord } from "./followed-records.ts";
import { summaryOf } from "./write-feed.ts";

/** Writes the deadlines of aids as a calendar: an event on the last day to apply. Aids without a deadline have no event. */
export function writeDeadlines(records: readonly FollowedRecord[], given: { readonly name: string; readonly now: Date }): string {
  return writeCalendar(records.flatMap(eventOf), given);
}

function eventOf(record: FollowedRecord): readonly CalendarEvent[] {
  if (record.submission_deadline === null) return [];
  const contact = record.contact === null ? "" : `\n\nContact :\n${readableText(record.contact)}`;
  return [
    {
      uid: `${record.aid_id}@moisson`,
      day: record.submission_deadline.slice(0, 10),
      title: `Clôture : ${record.name}`,
      description: `${summaryOf(record)}${contact}`,
      url: record.origin_url,
      changedAt: new Date(record.date_updated),
    },
  ];
}
