import type { Connector } from "../kit/definition.ts";
import { french, joinedWithAnd } from "./typography.ts";

/** State of a connector: as in its definition; paused by a person (`halted`); without a readable definition (`refused`, `gone`). */
export type ConnectorState = Connector["state"] | "halted" | "refused" | "gone";

/** The state of a connector as a label. */
export const connectorStateLabels: Readonly<Record<ConnectorState, string>> = {
  active: "actif",
  draft: "brouillon",
  paused: "suspendu",
  retired: "fermé",
  halted: "en pause",
  refused: "refusé",
  gone: "disparu",
};

/** The state of a connector and its consequence. */
export const connectorStateMessages: Readonly<Record<ConnectorState, string>> = {
  active: "Ce connecteur est collecté.",
  draft: french`Ce connecteur est un brouillon : il n'est pas collecté de lui-même, et sa première collecte attend l'accord d'une personne.`,
  paused: french`Ce connecteur est suspendu par sa définition : il n'est plus collecté de lui-même.`,
  retired: french`Ce connecteur est fermé par sa définition : il n'est plus collecté.`,
  halted: french`Quelqu'un a mis ce connecteur en pause : il n'est plus collecté de lui-même.`,
  refused: french`Sa définition est refusée : il n'est plus collecté tant qu'elle n'est pas corrigée.`,
  gone: french`Sa définition n'existe plus : il n'est plus collecté.`,
};

const weekdays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

/**
 * Returns when a connector runs, from its cron pattern (Paris time): « chaque jour à 4 h 05 ». No capital or full stop. Quotes a pattern
 * that it cannot put into words.
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
  return french`à ${joinedWithAnd(hour.split(",").map((one) => `${Number(one)}\u00a0h\u00a0${past}`))}`;
}

function whichDays(day: string, weekday: string): string | null {
  if (day === "*" && weekday === "*") return "chaque jour";
  if (day === "*") return ofWeek(weekday);
  if (weekday !== "*" || !/^\d+(,\d+)*$/.test(day)) return null;
  return french`le ${joinedWithAnd(day.split(",").map((one) => (one === "1" ? "1er" : one)))} de chaque mois`;
}

function ofWeek(weekday: string): string | null {
  const range = /^([0-7])-([0-7])$/.exec(weekday);
  if (range !== null) return french`du ${nameOf(range[1])} au ${nameOf(range[2])}`;
  return /^[0-7](,[0-7])*$/.test(weekday) ? french`chaque ${joinedWithAnd(weekday.split(",").map(nameOf))}` : null;
}

function nameOf(weekday: string | undefined): string {
  return weekdays[Number(weekday) % 7] ?? "";
}

/** Names of platforms, by the name of their factory in the connector kit. */
const platforms: Readonly<Record<string, string>> = {
  aidesTerritoiresApi: "API d’Aides-territoires",
  ckan: "CKAN",
  dataGouv: "data.gouv.fr",
  dispositifAide: "schéma national des dispositifs d’aide",
  fundingTenders: "portail européen Funding & Tenders",
  manualTemplate: "modèle d’Aides-territoires",
  moissonTemplate: "notre modèle à remplir",
  openDataSoft: "OpenDataSoft",
  rss: "RSS",
  sitemap: "plan de site (sitemap)",
  site: "site fait avec un logiciel répandu",
  wordpressExport: "WordPress",
};

/** Returns the usual name of a platform. */
export function platformLabel(name: string): string {
  return platforms[name] ?? name;
}
