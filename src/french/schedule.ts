import { french } from "./typography.ts";

const weekdays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

/**
 * When a connector runs, by the five fields of its cron pattern (Paris): « chaque jour à 4 h 05 », without capital or full stop. A pattern of a shape that we have
 * no words for is quoted.
 */
export function scheduleMessage(pattern: string): string {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = pattern.trim().split(/\s+/);
  const often = howOften(minute, hour);
  const days = month === "*" ? whichDays(day, weekday) : null;
  return often === null || days === null ? french`selon la règle « ${pattern} »` : french`${days} ${often}`;
}

function howOften(minute: string, hour: string): string | null {
  if (!/^\d+$/.test(minute)) return null;
  const past = minute.padStart(2, "0");
  if (hour === "*") return french`toutes les heures, à la minute ${past}`;
  const step = /^\*\/(\d+)$/.exec(hour)?.[1];
  if (step !== undefined) return french`toutes les ${step} heures, à la minute ${past}`;
  if (!/^\d+(,\d+)*$/.test(hour)) return null;
  return french`à ${joined(hour.split(",").map((one) => `${Number(one)}\u00a0h\u00a0${past}`))}`;
}

function whichDays(day: string, weekday: string): string | null {
  if (day === "*" && weekday === "*") return "chaque jour";
  if (day === "*") return ofWeek(weekday);
  if (weekday !== "*" || !/^\d+(,\d+)*$/.test(day)) return null;
  return french`le ${joined(day.split(",").map((one) => (one === "1" ? "1er" : one)))} de chaque mois`;
}

function ofWeek(weekday: string): string | null {
  const range = /^([0-7])-([0-7])$/.exec(weekday);
  if (range !== null) return french`du ${nameOf(range[1])} au ${nameOf(range[2])}`;
  return /^[0-7](,[0-7])*$/.test(weekday) ? french`chaque ${joined(weekday.split(",").map(nameOf))}` : null;
}

function nameOf(weekday: string | undefined): string {
  return weekdays[Number(weekday) % 7] ?? "";
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} et ${parts.at(-1)}`;
}
