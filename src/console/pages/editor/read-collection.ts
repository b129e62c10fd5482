import { french } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import { shownAddress } from "../../../platform/shown-address.ts";
import { cronProblem } from "../../../registry/cron-problem.ts";
import type { Form } from "../../route.ts";

type State = Connector["state"];
/** The states of a connector. */
export const states: readonly State[] = ["draft", "active", "paused", "retired"];
/** Values of the form: URL, schedule and state. */
export type WrittenCollection = WrittenSchedule & Readonly<Record<"adresse" | "etat" | "parce" | "raison", string>>;
/** Problems of the form, by field. */
export type WrongCollection = Partial<Record<keyof WrittenCollection, string>>;

/** Returns the URL for the form. A URL with a secret is not shown and stays unchanged. */
export function addressOf({ feed: { url } }: Connector): string {
  return url === undefined || shownAddress(url) !== url ? "" : url;
}

/** Converts a definition to values of the form. */
export function writtenCollection(definition: Connector): WrittenCollection {
  const { state, because = "" } = definition;
  return { ...writtenSchedule(definition), adresse: addressOf(definition), etat: state, parce: because, raison: "" };
}

/** Reads the form. */
export function readWrittenCollection(form: Form): WrittenCollection {
  const text = (name: string) => form.text(name).slice(0, 2000);
  return {
    adresse: text("adresse"),
    rythme: text("rythme"),
    heure: text("heure"),
    jours: text("jours"),
    regle: text("regle"),
    etat: text("etat"),
    parce: text("parce").slice(0, 300),
    raison: text("raison"),
  };
}

/** Returns the change of the definition, or null if the form has a problem. */
export function readChange(
  written: WrittenCollection,
  definition: Connector,
): { readonly change: Record<string, unknown> | null; readonly problems: WrongCollection } {
  const schedule = readSchedule(written);
  const state = states.find((known) => known === written.etat);
  const isStopped = state === "paused" || state === "retired";
  const address = readAddress(written.adresse, definition);
  const problems: WrongCollection = {
    ...("problem" in schedule && { [schedule.at]: schedule.problem }),
    ...(state === undefined && { etat: "Choisissez un état." }),
    ...(isStopped && written.parce === "" && { parce: "Dites pourquoi il est suspendu ou fermé." }),
    ...("problem" in address && { adresse: address.problem }),
  };
  if (Object.keys(problems).length > 0 || "problem" in schedule || "problem" in address || state === undefined)
    return { change: null, problems };
  return { change: { ...schedule.change, state, because: isStopped ? written.parce : null, ...address.change }, problems };
}

function readAddress(written: string, definition: Connector): { readonly change: Record<string, unknown> } | { readonly problem: string } {
  if (definition.feed.dataset !== undefined || written === addressOf(definition)) return { change: {} };
  if (!URL.canParse(written) || !/^https?:\/\//.test(written)) return { problem: "Une adresse commence par http:// ou https://." };
  if (shownAddress(written) !== new URL(written).href)
    return { problem: "Une adresse ne contient ni mot de passe ni clé : écrivez la clé à la page des clés." };
  const { urlFrom: _, ...feed } = definition.feed;
  return { change: { feed: { ...feed, url: written } } };
}

/** Values of the form for a schedule. */
interface WrittenSchedule {
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
function writtenSchedule({ schedule, rhythm }: Pick<Connector, "schedule" | "rhythm">): WrittenSchedule {
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
function readSchedule(
  written: WrittenSchedule,
):
  | { readonly change: { readonly schedule: string | null; readonly rhythm: { readonly everyDays: number } | null } }
  | { readonly at: keyof WrittenSchedule; readonly problem: string } {
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
