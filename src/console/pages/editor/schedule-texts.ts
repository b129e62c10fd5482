import { french } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import { cronProblem } from "../../../registry/cron-problem.ts";

/** Values of the form for a schedule. */
interface ScheduleTexts {
  /** `nuit`, `jour`, `ouvres`, `lundi`…, `mois`, `main`, `autre`. */
  readonly rythme: string;
  /** `04:30`. */
  readonly heure: string;
  /** Days between two files, for manual uploads. */
  readonly jours: string;
  /** A cron pattern, for other schedules. */
  readonly regle: string;
}

const weekdays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

/** The choices of a schedule. */
export const rhythms: readonly { readonly value: string; readonly label: string }[] = [
  { value: "nuit", label: "Chaque nuit, à une minute que Moisson choisit" },
  { value: "jour", label: "Chaque jour, à l’heure dite" },
  { value: "ouvres", label: "Du lundi au vendredi, à l’heure dite" },
  ...[1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: weekdays[day] ?? "", label: `Chaque ${weekdays[day]}, à l’heure dite` })),
  { value: "mois", label: "Le 1er de chaque mois, à l’heure dite" },
  { value: "main", label: "Jamais : quelqu’un dépose un fichier" },
  { value: "autre", label: "Selon une autre règle (cron)" },
];

/** Converts the schedule of a connector to values of the form. */
export function scheduleTexts({ schedule, rhythm }: Pick<Connector, "schedule" | "rhythm">): ScheduleTexts {
  const none = { heure: "04:00", jours: "90", regle: schedule ?? "" };
  if (rhythm !== undefined) return { ...none, rythme: "main", jours: String(rhythm.everyDays) };
  if (schedule === undefined) return { ...none, rythme: "nuit" };
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = schedule.trim().split(/\s+/);
  const isPlain = /^\d{1,2}$/.test(minute) && /^\d{1,2}$/.test(hour) && month === "*";
  const heure = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  const rythme = isPlain ? rhythmOf(day, weekday) : null;
  return rythme === null ? { ...none, rythme: "autre" } : { ...none, rythme, heure };
}

function rhythmOf(day: string, weekday: string): string | null {
  if (day === "1" && weekday === "*") return "mois";
  if (day !== "*") return null;
  if (weekday === "*") return "jour";
  if (weekday === "1-5") return "ouvres";
  return /^[0-7]$/.test(weekday) ? (weekdays[Number(weekday) % 7] ?? null) : null;
}

/** Returns the change of the definition, where null removes a key, or the problem and its field. */
export function readSchedule(
  written: ScheduleTexts,
):
  | { readonly change: { readonly schedule: string | null; readonly rhythm: { readonly everyDays: number } | null } }
  | { readonly at: keyof ScheduleTexts; readonly problem: string } {
  const { rythme, heure, jours, regle } = written;
  if (rythme === "nuit") return { change: { schedule: null, rhythm: null } };
  if (rythme === "main") {
    const everyDays = /^\d{1,4}$/.test(jours) ? Number(jours) : 0;
    if (everyDays < 1 || everyDays > 1100) return { at: "jours", problem: "Un nombre de jours, de 1 à 1 100." };
    return { change: { schedule: null, rhythm: { everyDays } } };
  }
  if (rythme === "autre") {
    if (cronProblem(regle) !== undefined)
      return { at: "regle", problem: french`Cinq nombres ou étoiles : minute, heure, jour, mois, jour de la semaine (« 0 4 * * 1 »).` };
    return { change: { schedule: regle, rhythm: null } };
  }
  const days = daysOf(rythme);
  if (days === null) return { at: "rythme", problem: "Choisissez quand ce flux est collecté." };
  const [, hour, minute] = /^([01]?\d|2[0-3])[:h]([0-5]\d)$/.exec(heure) ?? [];
  if (hour === undefined || minute === undefined) return { at: "heure", problem: "Une heure s’écrit 04:30." };
  return { change: { schedule: `${Number(minute)} ${Number(hour)} ${days}`, rhythm: null } };
}

function daysOf(rhythm: string): string | null {
  if (rhythm === "jour") return "* * *";
  if (rhythm === "ouvres") return "* * 1-5";
  if (rhythm === "mois") return "1 * *";
  const weekday = weekdays.indexOf(rhythm);
  return weekday === -1 ? null : `* * ${weekday}`;
}
