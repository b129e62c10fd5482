import type { OwnField } from "../../../src/model/survey/own-field.ts";
import { isFilled } from "../../real-files/feed-rows.ts";
import type { DriftFeed } from "../drift-feed.ts";
import { type DriftKind, nextOf } from "../drift-kind.ts";
import { eachValue, recordValue, valuesFrom } from "../record-value.ts";
import { daysAfter, type WrittenDate, writtenDate, yearsAfter } from "../written-date.ts";

const deadline = ["submissionDeadline"] as const;

/** A change of each deadline. */
function ofDeadlines(
  id: string,
  says: string,
  change: (date: WrittenDate, value: unknown, feed: DriftFeed) => unknown,
  share = 1,
): DriftKind {
  return {
    id,
    says,
    share,
    touches: deadline,
    change: (feed) => {
      const paths = feed.paths(...deadline);
      const changed = (value: unknown) => {
        const date = writtenDate(value);
        return date === null ? value : change(date, value, feed);
      };
      return (row) => eachValue(row, paths, changed);
    },
  };
}

/** Returns another path of a feed with dates, the opening first. */
function otherDatePath(feed: DriftFeed, fields: readonly OwnField[]): string | null {
  const own = new Set(feed.paths(...fields));
  const known = feed.paths("startDate", "sourceUpdatedDate", "sourceCreatedDate");
  const all = [...known, ...new Set(feed.rows.flatMap((row) => Object.keys(row)))];
  return all.find((path) => !own.has(path) && feed.rows.some((row) => writtenDate(recordValue(row, path)) !== null)) ?? null;
}

/** Puts the day of another path into the dates of a field, in their own format. */
function fromOtherColumn(id: string, says: string, fields: readonly OwnField[], other: (feed: DriftFeed) => string | null): DriftKind {
  return {
    id,
    says,
    touches: fields,
    change: (feed) => {
      const from = other(feed);
      const paths = feed.paths(...fields);
      if (from === null || paths.includes(from)) return null;
      return (row) => {
        const given = writtenDate(recordValue(row, from));
        return given === null ? row : eachValue(row, paths, (value) => writtenDate(value)?.write(given.day) ?? value);
      };
    },
  };
}

/** Drifts of dates. */
export const dateKinds: readonly DriftKind[] = [
  fromOtherColumn("deadline-other-column", "the deadline holds the date of another column", deadline, (feed) =>
    otherDatePath(feed, deadline),
  ),
  ofDeadlines("deadline-day-early", "all deadlines are one day early", ({ day, write }) => write(daysAfter(day, -1))),
  {
    id: "deadline-of-next",
    says: "deadlines of the neighbouring record",
    touches: deadline,
    change: (feed) => {
      const paths = feed.paths(...deadline);
      return (row, index) => valuesFrom(nextOf(feed, index), paths)(row);
    },
  },
  ofDeadlines("deadline-day-month", "day and month of deadlines are exchanged", ({ day, write }, value) => {
    const [year, month, date] = day.split("-");
    return Number(date) <= 12 ? write(`${year}-${date}-${month}`) : value;
  }),
  ofDeadlines("deadline-two-digit-year", "years of deadlines have two digits", ({ day, write }, value) =>
    typeof value === "string" ? String(write(day)).replace(day.slice(0, 4), day.slice(2, 4)) : value,
  ),
  ofDeadlines("deadline-half-empty", "half of the deadlines are empty", () => null, 0.5),
  ofDeadlines("calls-reopened", "closed calls are open again, a year later", ({ day, write }, value, feed) =>
    day < feed.day ? write(yearsAfter(day, Number(feed.day.slice(0, 4)) - Number(day.slice(0, 4)) + 1)) : value,
  ),
  ofDeadlines("deadline-midnight-utc", "deadlines are midnight in Paris, written in UTC", ({ day, write }, value) =>
    typeof value !== "string" || !/^\d{4}-/.test(value) ? value : `${String(write(daysAfter(day, -1))).slice(0, 10)}T22:00:00.000Z`,
  ),
  ofDeadlines("deadline-one-for-all", "one deadline for all: the last day of the year", ({ write }, _, feed) =>
    write(`${feed.day.slice(0, 4)}-12-31`),
  ),
  ofDeadlines("deadline-year-late", "all deadlines are a year late", ({ day, write }) => write(yearsAfter(day, 1))),
  ofDeadlines("deadline-month-early", "all deadlines are 30 days early", ({ day, write }) => write(daysAfter(day, -30))),
  ofDeadlines("deadline-1970", "deadlines are the first day of 1970", ({ write }) => write("1970-01-01")),
  ofDeadlines("deadline-today", "deadlines are the day of the export", ({ write }, _, feed) => write(feed.day)),
  ofDeadlines("deadline-tenth-early", "a tenth of the deadlines are two weeks early", ({ day, write }) => write(daysAfter(day, -14)), 0.1),
  fromOtherColumn("opening-is-deadline", "the opening holds the deadline", ["startDate"], (feed) => feed.paths(...deadline)[0] ?? null),
  {
    id: "opening-of-next",
    says: "openings of the neighbouring record",
    touches: ["startDate"],
    change: (feed) => {
      const paths = feed.paths("startDate").filter((path) => !feed.paths(...deadline).includes(path));
      return paths.length === 0 ? null : (row, index) => valuesFrom(nextOf(feed, index), paths)(row);
    },
  },
  {
    id: "dates-exchanged",
    says: "opening and deadline are exchanged",
    touches: ["startDate", "submissionDeadline"],
    change: (feed) => {
      const [start] = feed.paths("startDate");
      const [end] = feed.paths(...deadline);
      if (start === undefined || end === undefined || start === end) return null;
      return (row) => {
        const both = [recordValue(row, start), recordValue(row, end)] as const;
        if (!both.every(isFilled)) return row;
        return eachValue(row, [start, end], (_, path) => (path === start ? both[1] : both[0]));
      };
    },
  },
];
