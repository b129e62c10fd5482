import type { LeftOutReason } from "../model/aid/left-out-reason.ts";
import type { Outlet } from "../model/aid/outlet.ts";
import { french } from "./typography.ts";

const reasons: Readonly<Record<LeftOutReason, string>> = {
  licence: french`Ni licence ouverte, ni base légale confirmée`,
  "perimeter-without-insee-code": french`Un territoire sans code INSEE que le schéma puisse contenir`,
  "separator-in-program": french`Le nom d'un programme contient le signe |`,
  "impossible-date": french`Une date qui n'existe pas`,
  "missing-description": french`Pas de description`,
  "description-too-long": french`Une description de plus de 5 000 caractères`,
  "missing-eligibility": french`Pas de conditions d'éligibilité`,
  "missing-type": french`Pas de type d'aide`,
  "missing-organisation": french`Ni instructeur ni financeur`,
  "unreadable-url": french`Un lien qui n'est pas une adresse`,
  "missing-audience": french`Pas de bénéficiaire que le schéma connaisse`,
  "missing-perimeter": french`Pas de territoire`,
  "missing-source-updated-date": french`Pas de date de dernière mise à jour par le producteur`,
  "duplicate-id": french`Une autre aide du fichier porte le même identifiant`,
  "invalid-value": french`Une valeur que le schéma refuse`,
};

/** Returns why aids are not in the open data or in the national schema's file; an unknown code unchanged. */
export function leftOutMessage(reason: string): string {
  return reasons[reason as LeftOutReason] ?? reason;
}

/** The name of a place where an aid can appear, with its article. */
export const outletNames: Readonly<Record<Outlet, string>> = {
  site: "le site",
  api: "l’API et les données ouvertes",
  "national-schema": "le schéma national des aides",
};
