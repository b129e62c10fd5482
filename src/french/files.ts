import type { IssueParams } from "../model/issue.ts";
import { french } from "./typography.ts";

const kinds: Readonly<Record<string, string>> = {
  xls: "un ancien classeur Excel (.xls)",
  xlsb: "un classeur Excel binaire (.xlsb)",
  xlsx: "un classeur Excel (.xlsx)",
  ods: "un classeur OpenDocument (.ods)",
  odf: "un document OpenDocument",
  docx: "un document Word (.docx)",
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
  "ask-for-data": "demandez au producteur les données dont il est tiré",
  "declare-excel": "indiquez le format Excel dans le connecteur, ou demandez l’autre fichier",
  "declare-xml": "indiquez le format XML dans le connecteur",
  unpack: "sortez-en le fichier du flux",
};

/** Which file it is that we do not read (`unsupported-file`), and what can be done about it. */
export function unsupportedFileMessage({ found, advice }: IssueParams): string {
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
  const kind = kinds[file];
  return kind === undefined
    ? "le fichier reçu est d’un type que nous ne lisons pas"
    : french`le fichier reçu est ${kind}, que nous ne pouvons pas lire ici`;
}

function adviceMessage(advice: string | number | undefined): string {
  const sentence = advice === undefined ? undefined : advices[advice];
  return sentence === undefined ? "" : french` : ${sentence}`;
}
