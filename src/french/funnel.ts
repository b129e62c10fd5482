import type { FunnelAct, FunnelCounts, FunnelStep } from "../model/aid/funnel.ts";
import { fieldName } from "./fields.ts";
import { gainSentence } from "./questions.ts";
import { counted, french, isPlural, joinedWithAnd } from "./typography.ts";

/** Labels of the steps, for columns and bars. */
export const stepLabels: Readonly<Record<FunnelStep, string>> = {
  received: "Reçues",
  valid: "Lisibles",
  held: "Au catalogue",
  publishable: "Prêtes à publier",
  fullyDescribed: "Entièrement décrites",
  published: "Publiées",
  open: "Ouvertes à tous",
};

/** Returns an act as a sentence: how many aids wait for what. `publisher`: name of the connector's publisher. */
export function funnelActSentence(act: FunnelAct, publisher: string): string {
  const { frees } = act;
  if (act.kind === "confirm-basis")
    return french`${publisher} : ${counted(frees, "aide publiée", "aides publiées")} sans base confirmée. Confirmer la base.`;
  if (act.kind === "ask-licence")
    return french`${publisher} : ${counted(frees, "aide publiée", "aides publiées")} sans licence ni base. Demander une licence.`;
  if (act.kind === "publish")
    return french`${publisher} : ${counted(frees, "aide prête", "aides prêtes")} à publier. ${isPlural(frees) ? "Les relire" : "La relire"} et publier.`;
  const names = joinedWithAnd(act.fields.map((field) => `« ${fieldName(field)} »`));
  const gain = gainSentence({ publishable: frees, fullyDescribed: act.describes }, act.fields.length);
  return french`${publisher} : ${counted(act.lack, "aide")} sans « ${fieldName(act.fields[0] ?? "name")} ». Répondre pour ${names} ; ${gain}.`;
}

/** Returns how far all aids have come, with the act that frees most. Null without aids. */
export function funnelSentence({ held, publishable, published, open }: FunnelCounts, act: string | null): string | null {
  if (held === 0) return null;
  const sum = french`De ${counted(held, "aide")} au catalogue, ${publishable} prêtes à publier, ${published} publiées, ${open} ouvertes à tous.`;
  return act === null ? sum : french`${sum} À faire d'abord : ${act}`;
}
