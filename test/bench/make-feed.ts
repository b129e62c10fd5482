import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import ExcelJS from "exceljs";
import { seeded } from "../support/seeded.ts";
import { makeText } from "./make-text.ts";

/** Formats that the bench writes. */
export const benchFormats = ["csv", "json", "xml", "excel"] as const;
export type BenchFormat = (typeof benchFormats)[number];

/**
 * Kinds of text in the bench's records. `realistic`: with the markup of real texts, see `makeText`. `tidy`: HTML without attributes, line
 * breaks and doubled blanks.
 */
export const benchTexts = ["realistic", "tidy"] as const;
export type BenchText = (typeof benchTexts)[number];

/** The 20 columns of an aid-like record. */
export const columns = [
  "id",
  "titre",
  "reference",
  "chapo",
  "texte",
  "criteres",
  "contact",
  "url",
  "url_demande",
  "ouverture",
  "cloture",
  "recurrence",
  "types",
  "beneficiaires",
  "themes",
  "etapes",
  "depenses",
  "taux",
  "plafond",
  "maj",
] as const;

const words = (
  "aide projet commune région soutien investissement étude travaux énergie rénovation bâtiment école territoire eau forêt culture association " +
  "entreprise mobilité vélo patrimoine numérique formation habitants développement local création équipement public accompagnement dossier"
).split(" ");
const audiences = ["Communes", "Intercommunalités / Pays", "Associations", "Entreprises privées", "Départements"];
const themes = ["Biodiversité", "Tourisme", "Jeunesse", "Patrimoine et monuments historiques", "Voirie et réseaux"];

/**
 * Returns an aid-like record of about 3 KB, mostly HTML. One in five has an issue: an impossible date, an unknown word, a broken link, an
 * unreadable rate or a missing title. `version` changes the text of one record in fifty.
 */
export function makeRecord(index: number, version: number, text: BenchText = "tidy"): Record<(typeof columns)[number], string> {
  const random = seeded(index * 7919 + (index % 50 === 0 ? version : 0));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const sentence = (length: number) => {
    let text = pick(words);
    for (let i = 1; i < length; i++) text += ` ${pick(words)}`;
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const html = (paragraphs: number) => {
    let text = "";
    for (let i = 0; i < paragraphs; i++) {
      text +=
        i % 3 === 2
          ? `<ul><li>${sentence(9)}</li><li><strong>${pick(words)}</strong> : ${sentence(7)}</li></ul>`
          : `<p>${sentence(24)} L&rsquo;${pick(words)}&nbsp;: ${sentence(6)}</p>`;
    }
    return text;
  };
  const odd = index % 5 === 4 ? Math.floor(index / 5) % 5 : -1;
  return {
    id: `AIDE-${String(index).padStart(8, "0")}`,
    titre: odd === 4 && index % 25 === 24 ? "" : `Soutenir ${pick(words)} et ${pick(words)} n° ${index}`,
    reference: `REF${index % 1000}`,
    ...(text === "tidy"
      ? {
          chapo: `<p>${sentence(20)}</p>`,
          texte: html(6),
          criteres: html(3),
          contact: `<p>Service ${pick(words)}<br />aides@region-exemple.example.org</p>`,
        }
      : {
          // One column for the description, as in most real feeds.
          chapo: "",
          texte: makeText("description", random),
          criteres: makeText("eligibility", random),
          contact: makeText("contact", random),
        }),
    url: odd === 2 ? "voir notre site" : `https://www.region-exemple.example.org/aides/${index}`,
    url_demande: `https://www.region-exemple.example.org/aides/${index}/demande`,
    ouverture: "15/01/2026",
    cloture: odd === 0 ? "31/02/2026" : `${String(1 + (index % 28)).padStart(2, "0")}/12/2026`,
    recurrence: "Ponctuelle",
    types: "Subvention",
    beneficiaires: odd === 1 ? `${pick(audiences)}, Touristes` : `${pick(audiences)}, ${pick(audiences)}`,
    themes: `${pick(themes)}, ${pick(themes)}`,
    etapes: "Mise en œuvre / réalisation",
    depenses: "Dépenses d'investissement",
    taux: odd === 3 ? "selon dossier" : "10 à 40 %",
    plafond: "15 000,00 €",
    maj: "2026-06-01",
  };
}

/** Writes `count` records to `path` as a stream. `version` 1 changes 2 % of them. */
export async function writeFeed(path: string, format: BenchFormat, count: number, version = 0, text: BenchText = "tidy"): Promise<void> {
  if (format === "excel") return writeWorkbook(path, count, version, text);
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  const write = async (text: string) => {
    if (!file.write(text)) await once(file, "drain");
  };
  if (format === "csv") await write(`${columns.join(";")}\n`);
  if (format === "json") await write('{"aides":[');
  if (format === "xml") await write('<?xml version="1.0" encoding="utf-8"?>\n<flux>\n');
  for (let index = 0; index < count; index++) {
    const record = makeRecord(index, version, text);
    if (format === "csv") await write(`${columns.map((column) => quoted(record[column])).join(";")}\n`);
    if (format === "json") await write(`${index === 0 ? "" : ",\n"}${JSON.stringify(record)}`);
    if (format === "xml")
      await write(`<aide>${columns.map((column) => `<${column}>${escaped(record[column])}</${column}>`).join("")}</aide>\n`);
  }
  if (format === "json") await write("]}");
  if (format === "xml") await write("</flux>\n");
  file.end();
  await finished(file);
}

function quoted(text: string): string {
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

async function writeWorkbook(path: string, count: number, version: number, text: BenchText): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: false });
  const sheet = workbook.addWorksheet("Aides");
  sheet.addRow([...columns]).commit();
  for (let index = 0; index < count; index++) {
    const record = makeRecord(index, version, text);
    sheet.addRow(columns.map((column) => record[column])).commit();
    if (index % 2000 === 0) await new Promise(setImmediate);
  }
  await workbook.commit();
}
