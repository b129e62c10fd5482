import type { ActRefusal, ActRefusalCode } from "../model/act-refusal.ts";
import type { DeliveryCode } from "../model/run/digest-delivery.ts";
import { whyUnsent } from "./delivery.ts";
import { french } from "./typography.ts";

type Params = ActRefusal["params"];

const sentences: Readonly<Record<ActRefusalCode, string | ((params: Params) => string)>> = {
  "address-revoked": "L’adresse de cette lettre est révoquée : faites-en d’abord une nouvelle.",
  "already-revoked": "L’adresse de cette lettre est déjà révoquée.",
  "mail-not-set-up": french`L'envoi de messages n'est pas réglé ici : copiez le message, et envoyez-le vous-même.`,
  "mail-not-sent": ({ code, status }) =>
    french`Le message n'est pas parti : ${whyUnsent(code as DeliveryCode, (status as number | undefined) ?? null)}. Rien n'est noté comme envoyé.`,
  "sent-meanwhile": ({ by }) => french`Cette lettre a été envoyée entre-temps par ${String(by)} : votre message n'est pas parti.`,
  "no-whole-feed": french`Aucune collecte de ce connecteur n'a encore lu un flux entier : il n'y a rien à en dire au producteur. Lancez d'abord une collecte.`,
  "reads-no-site": french`Ce connecteur ne lit pas de pages web : son producteur publie déjà un fichier. Une lettre ordinaire convient, tant que ses aides sont relues avant leur publication.`,
  "no-aid-read": "Aucune aide n’a encore été lue sur ce site : lancez d’abord une collecte.",
  "no-such-point": "Cette lettre n’a pas ce point.",
  "no-such-request": "Cette demande n’existe pas, ou n’existe plus.",
  "no-reason": "Dites qui, chez le producteur, vous l’a demandé, et quand.",
  "stop-ended": "Ce refus est déjà levé.",
  "file-not-served": "Ce fichier n’est pas publié.",
  "file-changed": "Le fichier a changé depuis que vous l’avez ouvert : relisez-le, puis validez-le.",
  "not-a-mail-address": "Donnez une seule adresse électronique, sans nom : nom@exemple.fr.",
  "no-recipient": "Choisissez un contact, ou donnez une adresse.",
  "too-many-recipients": ({ max }) => french`Choisissez ${Number(max)} destinataires au plus.`,
  "no-subject": "Donnez un objet.",
  "subject-with-lines": "L’objet tient sur une ligne.",
  "subject-too-long": ({ max }) => french`L'objet a ${Number(max)} caractères au plus.`,
  "text-too-long": ({ max }) => french`Le message a ${Number(max)} caractères au plus.`,
  "text-without-link": ({ link }) => french`Le message doit contenir l'adresse de la lettre : « ${String(link)} ».`,
  "no-answer": "Choisissez une réponse, ou écrivez une remarque.",
  "no-planned-day": "Donnez le jour pour lequel c’est prévu.",
  "planned-day-past": "Ce jour est passé : donnez un jour à venir.",
  "planned-day-far": "Donnez un jour dans les trois ans qui viennent.",
  "remark-too-long": ({ max }) => french`Une remarque a ${Number(max)} caractères au plus.`,
};

/** Returns the sentence for a refused act, or for a wrong input. */
export function actRefusalMessage({ code, params }: ActRefusal): string {
  const sentence = sentences[code];
  return typeof sentence === "string" ? sentence : sentence(params);
}
