import { connectorStateLabels } from "../../../french/connectors.ts";
import { french } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import { shownAddress } from "../../../platform/shown-address.ts";
import { cronProblem } from "../../../registry/cron-problem.ts";
import { choice, type Fields, type FormProblems } from "../../forms/form.tsx";
import { type EditedDefinition, editedBack } from "./edited-definition.ts";
import { formPage, textsIn } from "./form-page.tsx";

const states: readonly Connector["state"][] = ["draft", "active", "paused", "retired"];

/**
 * The URL, schedule and state. A new URL needs a trial; schedule and state take effect at once, because they change no aid. A draft has only
 * a schedule here: its URL is read before it is saved, and it stays a draft.
 */
export const collectionPage = formPage({
  path: "collecte",
  act: "change-collection",
  title: "Collecte",
  heading: ({ name }: EditedDefinition) => `La collecte de ${name}`,
  ...textsIn(textsOf),
  fields: fieldsOf,
  proposed({ query }, { connector: { definition } }) {
    const state = states.find((known) => known === query.get("etat"));
    return { ...textsOf(definition), ...(state !== undefined && { etat: state }) };
  },
  check: (typed, { connector: { definition } }) => readChange({ ...textsOf(definition), ...typed }, definition).problems,
  async save(edited, _, typed) {
    const { definition } = edited.connector;
    const { change } = readChange({ ...textsOf(definition), ...typed }, definition);
    const { state = definition.state } = change;
    if (state !== definition.state && state !== "draft" && !(await edited.mayLeaveDraft()))
      return { problems: { etat: notBeforeFirstRun } };
    const trial = "feed" in change ? "address" : "none";
    return edited.save({ change: { ...change }, why: typed.raison ?? "", back: editedBack(edited), trial });
  },
  label: ({ isDraft }) => (isDraft ? "Enregistrer" : "Enregistrer, ou essayer la nouvelle adresse"),
});

const notBeforeFirstRun =
  "Sa première collecte n’est pas encore appliquée : il reste un brouillon jusque-là, et n’est pas collecté de lui-même.";

function fieldsOf({ connector: { definition }, isDraft }: EditedDefinition): Fields {
  const { url, dataset } = definition.feed;
  const isHidden = url !== undefined && addressOf(definition) === "";
  const hint = isHidden
    ? "L’adresse en vigueur contient une clé : elle n’est pas montrée."
    : "Une autre adresse est d’abord essayée. Vide : elle est gardée ailleurs, ou le fichier est déposé.";
  return {
    ...(dataset === undefined && !isDraft && { adresse: { label: "Adresse du flux", hint, maxLength: 2000 } }),
    rythme: {
      label: "Quand ce flux est collecté",
      choices: rhythms,
      maxLength: 20,
      required: "Choisissez quand ce flux est collecté.",
    },
    heure: { label: "Heure", hint: "À Paris, comme 04:30.", maxLength: 20 },
    jours: { label: "Un fichier est attendu tous les… jours", hint: "S’il est déposé à la main.", maxLength: 20 },
    regle: { label: "Règle cron", hint: "Pour une autre règle seulement.", maxLength: 200 },
    ...(!isDraft && { etat: stateField, parce: { label: "S’il est suspendu ou fermé, parce que", maxLength: 300 } }),
  };
}

const stateField = {
  label: "État",
  hint: "Un brouillon n’est pas collecté de lui-même, et sa première collecte attend l’accord d’une personne.",
  ...choice(states, (one) => connectorStateLabels[one], "Choisissez un état."),
};

/** Returns the URL for the form. A URL with a secret is not shown and stays unchanged. */
function addressOf({ feed: { url } }: Connector): string {
  return url === undefined || shownAddress(url) !== url ? "" : url;
}

function textsOf(definition: Connector) {
  const { state, because = "" } = definition;
  return { ...scheduleTexts(definition), adresse: addressOf(definition), etat: state as string, parce: because };
}

/** Returns the change of the definition, which is incomplete if there are problems. */
function readChange(written: ReturnType<typeof textsOf>, definition: Connector) {
  const schedule = readSchedule(written);
  const state = states.find((known) => known === written.etat);
  const isStopped = state === "paused" || state === "retired";
  const address = readAddress(written.adresse, definition);
  const problems: FormProblems = {
    ...("problem" in schedule && { [schedule.at]: schedule.problem }),
    ...(isStopped && written.parce === "" && { parce: "Dites pourquoi il est suspendu ou fermé." }),
    ...("problem" in address && { adresse: address.problem }),
  };
  const change = {
    ...("change" in schedule && schedule.change),
    ...(state !== undefined && { state }),
    because: isStopped ? written.parce : null,
    ...("change" in address && address.change),
  };
  return { change, problems };
}

function readAddress(written: string, definition: Connector): { readonly change: Record<string, unknown> } | { readonly problem: string } {
  if (definition.feed.dataset !== undefined || written === addressOf(definition)) return { change: {} };
  if (!URL.canParse(written) || !/^https?:\/\//.test(written)) return { problem: "Une adresse commence par http:// ou https://." };
  if (shownAddress(written) !== new URL(written).href)
    return { problem: "Une adresse ne contient ni mot de passe ni clé : écrivez la clé à la page des clés." };
  const { urlFrom: _, ...feed } = definition.feed;
  return { change: { feed: { ...feed, url: written } } };
}

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

const rhythms: readonly { readonly value: string; readonly label: string }[] = [
  { value: "nuit", label: "Chaque nuit, à une minute que Moisson choisit" },
  { value: "jour", label: "Chaque jour, à l’heure dite" },
  { value: "ouvres", label: "Du lundi au vendredi, à l’heure dite" },
  ...[1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: weekdays[day] ?? "", label: `Chaque ${weekdays[day]}, à l’heure dite` })),
  { value: "mois", label: "Le 1er de chaque mois, à l’heure dite" },
  { value: "main", label: "Jamais : quelqu’un dépose un fichier" },
  { value: "autre", label: "Selon une autre règle (cron)" },
];

/** Converts the schedule of a connector to values of the form. */
function scheduleTexts({ schedule, rhythm }: Pick<Connector, "schedule" | "rhythm">): ScheduleTexts {
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
