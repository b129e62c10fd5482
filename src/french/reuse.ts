import type { ReuseBasisName, ReuseExclusion } from "../model/aid/reuse-basis.ts";
import { french } from "./typography.ts";

/** A legal basis as a label, without capital. */
export const basisLabels: Readonly<Record<ReuseBasisName, string>> = {
  licence: "licence ouverte de ses fiches",
  crpa: french`information publique d'une administration`,
  "ec-reuse": "documents de la Commission européenne",
  agreement: "accord du producteur",
  unknown: "aucune",
};

/** Why each basis allows reuse, in a sentence. */
export const basisReasons: Readonly<Partial<Record<ReuseBasisName, string>>> = {
  crpa: french`Une administration qui publie une information permet à chacun de la réutiliser (code des relations entre le public et l'administration, L321-1), à condition de citer la source et la date de mise à jour et de ne pas en altérer le sens (L322-1).`,
  "ec-reuse": french`La Commission européenne permet la réutilisation de ses documents si la source est citée (décision 2011/833/UE).`,
  agreement: french`Le producteur a donné son accord, ou le portail où il publie annonce une licence ouverte.`,
};

/** Questions to answer before a basis is confirmed. « Oui » excludes the reuse. */
export const exclusionQuestionsInFrench: Readonly<Record<ReuseExclusion, string>> = {
  "third-party-rights": french`Des tiers ont-ils des droits de propriété intellectuelle sur ces textes ? (L321-2)`,
  "competitive-service": french`Est-ce la base de données d'un service industriel ou commercial soumis à la concurrence ? (L321-3)`,
  "personal-data": french`Reste-t-il des données personnelles dans les fiches diffusées, une fois les personnes retirées ? (L322-2)`,
  "private-publisher": french`Le producteur est-il privé, ou rassemble-t-il les aides d'autres organismes ?`,
  "no-reuse-by-others": french`L'accord se limite-t-il à notre site, sans permettre la réutilisation par d'autres ?`,
};
