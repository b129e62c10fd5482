import type { IssueParams } from "../model/issue.ts";
import type { BudgetName } from "../model/run/run-budget.ts";
import type { Outcome, RunErrorCode } from "../model/run/run-error.ts";
import { frenchDay } from "./dates.ts";
import { placeMessage } from "./places.ts";
import { causeMessage } from "./reasons.ts";
import { pageFaultMessage, softwareName, unreadPagesMessage } from "./site-pages.ts";
import { counted, french, isPlural } from "./typography.ts";

const sentences: Readonly<Record<RunErrorCode, (params: IssueParams) => string>> = {
  "timed-out": (p) => french`le serveur n'a pas répondu à temps${addressOf(p)}`,
  "connection-failed": (p) => french`connexion impossible au serveur${addressOf(p)}${causeMessage(p.reason)}`,
  "tls-failed": (p) => french`le certificat de sécurité du serveur n'est pas accepté${addressOf(p)}${causeMessage(p.reason)}`,
  "server-busy": (p) => french`${answerOf(p)}${addressOf(p)}`,
  "body-cut-short": (p) => french`la réponse du serveur s'est interrompue avant la fin${addressOf(p)}`,
  "http-refused": (p) => french`${answerOf(p)}${addressOf(p)} : vérifiez l'adresse et les droits d'accès`,
  "address-refused": (p) => {
    if (p.reason !== undefined) return french`le flux ne peut pas être demandé à cette adresse${addressOf(p)}${causeMessage(p.reason)}`;
    if (p.host === "(unreadable address)") return french`l'adresse du flux est illisible${addressOf({ ...p, host: "" })}`;
    return french`l'adresse du flux n'est pas publique${addressOf({ ...p, url: p.host ?? p.url ?? "" })} ; le réglage MOISSON_ALLOW_HOSTS permet d'en autoriser une`;
  },
  "too-many-redirects": (p) => french`le serveur renvoie sans fin d'une adresse à une autre${addressOf(p)}`,
  "token-refused": (p) => tokenRefused(p),
  "missing-secret": (p) =>
    p.reason === undefined
      ? french`le réglage ${p.variable} est à remplir : il contient le code d'accès que ce flux demande`
      : french`le réglage ${p.variable}, qui contient le code d'accès que ce flux demande, est à corriger${causeMessage(p.reason)}`,
  "secret-unreadable": (p) =>
    french`le code d'accès ${p.variable}, enregistré dans la console, est chiffré avec la clé MOISSON_SECRET, qui ${p.isMissing ? "manque" : french`n'est pas la même`} ici`,
  "forgotten-unknown": (p) =>
    french`des personnes ont été effacées avec la clé MOISSON_SECRET, qui ${p.isMissing ? "manque" : french`n'est pas la même`} ici : ce flux pourrait les faire revenir`,
  "missing-address": (p) => french`le réglage ${p.variable} est à remplir : il contient l'adresse du flux`,
  "no-such-file": (p) =>
    p.titled === undefined
      ? french`le jeu de données n'a pas de fichier au format ${String(p.format)} ; il propose : ${p.found || "aucun fichier"}`
      : french`aucun fichier du jeu de données au format ${String(p.format)} n'a « ${String(p.titled)} » dans son titre ; il propose : ${p.found || "aucun titre"}`,
  "site-refused": (p) => french`le producteur de ${p.host} nous a demandé, le ${frenchDay(String(p.day))}, de ne plus lire son site`,
  "connector-moved": (p) => french`ses aides viennent désormais du connecteur ${p.to}`,
  "robots-refused": (p) => french`le site demande aux robots de ne pas lire cette page (robots.txt)${addressOf(p)}`,
  "page-unlike": (p) => french`la page reçue n'est pas la liste attendue : ${pageFaultMessage(p)}`,
  "too-large": (p) => tooLarge(p),
  "decompression-limit": (p) =>
    p.ratio === undefined
      ? french`le flux, une fois décompressé, dépasse ${p.limitMb} Mo`
      : french`la réponse, une fois décompressée, fait plus de ${p.ratio} fois sa taille ; elle est refusée par sécurité`,
  "html-page": (p) => french`une page web est arrivée à la place du flux${p.title ? french` : « ${p.title} »` : ""}`,
  "unsupported-file": unsupportedFileMessage,
  "encrypted-file": () => french`le fichier est protégé par un mot de passe`,
  malformed: (p) => french`le flux est abîmé${placed(p.at)}${causeMessage(p.reason)}`,
  "no-such-path": (p) =>
    french`aucun enregistrement à l'endroit attendu${p.path ? french`, « ${p.path} »` : ""} : la structure du flux a changé${p.software ? french` (le site est fait avec ${softwareName(p.software)})` : ""}`,
  "no-such-sheet": (p) =>
    french`le classeur n'a pas de feuille « ${p.sheet} »${p.found ? french` ; il contient les feuilles suivantes : ${p.found}` : ""}`,
  "no-header": () => french`le flux n'a pas de ligne d'en-tête`,
  "empty-archive": () => french`l'archive ne contient aucun fichier`,
  "forbidden-xml": (p) => french`le fichier XML contient ${forbidden[p.what ?? ""] ?? "une construction"} que nous refusons par sécurité`,
  "envelope-says-error": (p) => french`le flux signale lui-même une erreur : « ${p.key} » vaut ${String(p.found ?? "?")}`,
  "all-rejected": (p) =>
    french`aucun des ${counted(p.received, "premier enregistrement", "premiers enregistrements")} n'a pu être gardé, et la lecture s'est arrêtée là : la structure du flux a changé`,
  "over-budget": (p) => overBudget(p),
  "walk-incomplete": (p) => walkMessage(p, (error) => (isRunErrorCode(error) ? runErrorMessage(error, failedPageOf(p)) : null)),
  cancelled: ({ by }) => french`la collecte a été arrêtée${by === undefined ? "" : french` par ${by}`} ; rien n'a été écrit`,
  "handed-back": () => french`notre machine s'est arrêtée pendant la collecte, qui attend de nouveau son tour`,
  "token-taken-over": () => french`une autre collecte de ce connecteur a commencé entre-temps`,
  "world-moved": (p) => french`${movedAids(p)} depuis que le plan a été préparé${namedAids(p)} ; rien n'a été écrit`,
  "plan-closed": ({ state = "" }) =>
    state === "none" ? "le plan est introuvable" : french`${states[state] ?? "le plan est clos"} : il n'en reste rien à appliquer`,
  "snapshot-missing": (p) =>
    Number(p.found) > 1
      ? french`plusieurs instantanés commencent par ${String(p.hash)} ; donnez-en davantage de caractères`
      : p.run !== undefined
        ? french`l'instantané ${String(p.hash)} n'est plus conservé : la collecte ${String(p.run)} l'avait lu le ${frenchDay(String(p.readOn))}`
        : french`aucun instantané ne correspond${p.hash === undefined ? "" : french` à ${String(p.hash)}`}`,
  "storage-failed": (p) =>
    p.place === undefined
      ? french`l'écriture ou la lecture du catalogue a échoué${causeMessage(p.reason)}`
      : french`le dossier temporaire de la machine n'a pas pu être utilisé${causeMessage(p.reason)}`,
  "process-ended": (p) =>
    p.signal === undefined
      ? french`le processus de la collecte s'est arrêté (code ${p.exitCode})${causeMessage(p.reason)}`
      : french`le processus de la collecte a été interrompu (${p.signal})`,
  "process-silent": (p) =>
    french`le processus de la collecte n'a plus répondu pendant ${counted(p.seconds, "seconde")} ; il a été interrompu`,
  "out-of-memory": () => french`la collecte a demandé plus de mémoire que son processus ne peut en utiliser`,
  internal: (p) => french`une erreur s'est produite de notre côté${causeMessage(p.reason)}`,
};

/** Returns why a run failed, in one sentence without capital or full stop. */
export function runErrorMessage(code: RunErrorCode, params: IssueParams): string {
  return sentences[code](params);
}

function isRunErrorCode(code: string): code is RunErrorCode {
  return Object.hasOwn(sentences, code);
}

/** Meaning of HTTP statuses. */
const answers: Readonly<Record<string, string>> = {
  202: "réponse pas encore prête",
  400: "demande non comprise",
  401: "identification demandée",
  403: "accès interdit",
  404: "page introuvable",
  408: "délai dépassé",
  410: "page supprimée",
  429: "trop de demandes",
  500: "erreur du serveur",
  502: "serveur intermédiaire en erreur",
  503: "service indisponible",
  504: "serveur trop lent",
};

function answerOf({ status }: IssueParams): string {
  const meaning = answers[status ?? ""];
  return french`le serveur a répondu ${status}${meaning === undefined ? "" : french`, « ${meaning} »`}`;
}

/** Returns the end of a sentence that names the status of an answer: ` (404, « page introuvable »)`; empty without a status. */
export function statusMessage({ status }: IssueParams): string {
  if (status === undefined) return "";
  const meaning = answers[status];
  return french` (${status}${meaning === undefined ? "" : french`, « ${meaning} »`})`;
}

function addressOf({ url, host }: IssueParams): string {
  const address = url || host;
  return address ? french` (${String(address)})` : "";
}

function tokenRefused(p: IssueParams): string {
  const refused = french`le serveur qui délivre le jeton d'accès à ce flux ne l'a pas donné${addressOf(p)}`;
  if (p.status !== undefined) return french`${refused} : ${answerOf(p)}${causeMessage(p.reason)} ; vérifiez les codes d'accès`;
  if (p.limitKb !== undefined) return french`${refused} : sa réponse dépasse ${p.limitKb} Ko`;
  return french`${refused} : rien ne se trouve sous « ${p.path} » dans sa réponse${causeMessage(p.reason)}`;
}

const overBudgetSentences: Readonly<Record<Exclude<BudgetName, "rejects">, (params: IssueParams) => string>> = {
  seconds: (p) => french`la collecte a duré plus de ${counted(p.limit, "seconde")}`,
  cpuSeconds: (p) => french`la collecte a demandé plus de ${counted(p.limit, "seconde")} de calcul`,
  downloadMegabytes: (p) => french`le flux dépasse ${p.limit} Mo`,
  decodedMegabytes: (p) => french`le flux, une fois décompressé, dépasse ${p.limit} Mo`,
  pages: (p) => french`le flux compte plus de ${counted(p.limit, "page")}`,
  records: (p) => french`le flux compte plus de ${counted(p.limit, "enregistrement")}`,
  memoryMegabytes: (p) => french`la collecte a demandé plus de ${p.limit} Mo de mémoire`,
};

function overBudget(p: IssueParams): string {
  const name = String(p.budget) as keyof typeof overBudgetSentences;
  const setting = name === "memoryMegabytes" ? french`, ou le réglage MOISSON_PROCESS_MEMORY_MB` : "";
  return french`${overBudgetSentences[name](p)} ; si ce flux en a besoin, augmentez budget.${name} dans le connecteur${setting}`;
}

function placed(at: string | number | undefined): string {
  return at === undefined ? "" : french` (${placeMessage(String(at))})`;
}

function tooLarge({ at, limitMb, limitColumns, limitAttributes }: IssueParams): string {
  if (limitColumns !== undefined) return french`le tableau a plus de ${counted(limitColumns, "colonne")}${placed(at)}`;
  if (limitAttributes !== undefined) return french`un élément a plus de ${counted(limitAttributes, "attribut")}${placed(at)}`;
  return at === undefined ? french`une page du flux dépasse ${limitMb} Mo` : french`un enregistrement dépasse ${limitMb} Mo${placed(at)}`;
}

const forbidden: Readonly<Record<string, string>> = { DTD: "une déclaration de type (DTD)", depth: "trop d’éléments emboîtés, ce" };

const states: Readonly<Record<string, string>> = {
  applied: "le plan a déjà été appliqué",
  "part-applied": "le plan a déjà été appliqué en partie",
  discarded: "le plan a été écarté",
  overtaken: "le plan a été remplacé par un plus récent",
};

function movedAids({ count }: IssueParams): string {
  if (count === undefined) return "des aides ont changé";
  return french`${counted(count, "aide a changé", "aides ont changé")}`;
}

/** The storage names 20 aids at most. */
function namedAids({ aids, count }: IssueParams): string {
  return aids ? french` : ${aids}${Number(count) > 20 ? ", …" : ""}` : "";
}

/** Parameters of the page that failed: the pagination error keeps the page's own reason in `because`. */
function failedPageOf({ reason: _, because, ...params }: IssueParams): IssueParams {
  return because === undefined ? params : { ...params, reason: because };
}

const fileKinds: Readonly<Record<string, string>> = {
  xls: "un ancien classeur Excel (.xls)",
  "unreadable-xls": "un ancien classeur Excel (.xls) trop lourd ou endommagé",
  xlsb: "un classeur Excel binaire (.xlsb)",
  xlsx: "un classeur Excel (.xlsx)",
  ods: "un classeur OpenDocument (.ods)",
  odf: "un document OpenDocument",
  docx: "un document Word (.docx)",
  doc: "un document Word (.doc)",
  pptx: "une présentation PowerPoint (.pptx)",
  pdf: "un PDF",
  xml: "un fichier XML",
  html: "une page web",
  markup: "un morceau de page web",
  text: "un fichier texte",
  gzip: "une archive gzip",
  zip: "une archive zip",
  "7z": "une archive 7z",
  rar: "une archive rar",
};

const advices: Readonly<Record<string, string>> = {
  "save-as-xlsx": "ouvrez-le et enregistrez-le au format .xlsx",
  "ask-for-data": "demandez au producteur les données dont il est tiré, dans un tableur (.xlsx, .ods) ou en CSV",
  "declare-excel": "indiquez le format Excel dans le connecteur, ou demandez l’autre fichier",
  "declare-xml": "indiquez le format XML dans le connecteur",
  unpack: "sortez-en le fichier du flux",
};

/** Returns which unsupported file was received, and what to do about it. */
function unsupportedFileMessage({ found, advice }: IssueParams): string {
  const file = String(found ?? "");
  const inPages = /^(\w+) in pages \(\w+\), a way$/.exec(file)?.[1];
  if (inPages !== undefined) return french`un flux au format ${inPages} ne peut pas être lu page par page de cette façon`;
  const compression = /^compressed as (.+), a way$/.exec(file)?.[1];
  if (compression !== undefined) return french`la réponse est compressée d'une façon que nous ne lisons pas : « ${compression} »`;
  if (file === "empty") return "le fichier reçu est vide";
  return french`${kindMessage(file)}${adviceMessage(advice)}`;
}

function kindMessage(file: string): string {
  const inArchive = /^zip: (.+)$/.exec(file)?.[1];
  if (inArchive !== undefined)
    return french`le fichier reçu est une archive zip où nous n'avons pas trouvé le flux (elle contient ${inArchive})`;
  const kind = fileKinds[file];
  return kind === undefined
    ? "le fichier reçu est d’un type que nous ne lisons pas"
    : french`le fichier reçu est ${kind}, que nous ne pouvons pas lire ici`;
}

function adviceMessage(advice: string | number | undefined): string {
  const sentence = advice === undefined ? undefined : advices[advice];
  return sentence === undefined ? "" : french` : ${sentence}`;
}

/** Why pagination stopped too early. */
const ends: Readonly<Record<string, string>> = {
  "announced-total-reached": "le nombre annoncé semblait atteint",
  "empty-page": "la page est vide",
  "no-next-link": "rien n’indique de page suivante",
  "past-the-end": "le serveur n’a plus de page",
  "repeated-page": "la page est la même qu’une page déjà lue",
  "next-link-loop": "le lien vers la page suivante ramène à une page déjà lue",
  "bad-next-link": "le lien vers la page suivante est illisible",
  "cursor-loop": "le repère de la page suivante a déjà servi",
  "bad-cursor": "le repère de la page suivante est illisible",
  "over-window":
    "le serveur annonce ici plus d’enregistrements qu’il n’en laisse lire, et aucun critère ne permet plus de diviser la demande",
  "window-reached": "le serveur n’en laisse pas lire davantage, et n’annonce pas combien il y en a",
  "split-incomplete": "les critères par lesquels la demande est divisée ne couvrent pas tout le flux",
  "not-a-page": "ce qui a été reçu n’est pas une page du flux",
};

/**
 * Returns how many records pagination received (`walk-incomplete`) and why it stopped. `errorMessage` returns why a page failed from its
 * error code, or null for an unknown code.
 */
function walkMessage(params: IssueParams, errorMessage: (code: string) => string | null): string {
  const { announced, received, page, division, reason, error } = params;
  const unread = unreadPagesMessage(params);
  if (unread !== null) return unread;
  const why = error === undefined ? ends[reason ?? ""] : errorMessage(String(error));
  const at = page === undefined ? "" : french` à la page ${page}`;
  const of = division === undefined ? "" : french` dans la partie « ${String(division)} »`;
  const where = at === "" && of === "" ? "" : french` ; la lecture s'est arrêtée${at}${of}`;
  return french`${recordsReceived(received, announced)}${where}${why == null ? "" : french` : ${why}`}`;
}

function recordsReceived(received: string | number | undefined, announced: string | number | undefined): string {
  if (received === undefined) return "une partie seulement des enregistrements est arrivée";
  const came = Number(received);
  if (announced === undefined)
    return french`${counted(came, "enregistrement")} seulement ${isPlural(came) ? "sont arrivés" : "est arrivé"}`;
  return french`${counted(came, "enregistrement reçu", "enregistrements reçus")} sur ${counted(announced, "annoncé")}`;
}

/** What an outcome means for a collecte (feminine), without capital or full stop. */
export const outcomeMessages: Readonly<Record<Outcome, string>> = {
  applied: "appliquée",
  "applied-with-rejects": french`appliquée ; des enregistrements n'ont pas pu être gardés`,
  unchanged: "sans changement",
  planned: french`préparée seulement : rien n'a été écrit`,
  held: french`retenue par un garde-fou : rien n'a été écrit, le catalogue est resté tel quel`,
  unreachable: french`serveur du producteur injoignable ; une nouvelle tentative peut réussir plus tard`,
  refused: french`accès au flux refusé ; quelqu'un doit s'en occuper`,
  unreadable: french`ce qui a été reçu n'est pas le flux que nous connaissons ; rien n'a été écrit`,
  "stopped-early": french`flux interrompu avant la fin ; rien n'a été écrit`,
  cancelled: french`arrêtée à la demande de quelqu'un`,
  abandoned: french`interrompue, car sa machine n'a plus répondu ; une autre collecte a pris ou prendra le relais`,
  failed: french`en échec, de notre fait`,
};
