import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import type { AnnexLine } from "../../../partners/letters/letter.ts";
import { annexFile } from "../letters/annex-file.ts";

/** Browsers take addresses of two megabytes; a third more is written than is meant. */
const mostBytes = 1_400_000;

/** The annex in the page itself, as a file to be kept: nothing of it stays here. */
export async function AnnexInPage(given: {
  readonly annex: readonly AnnexLine[];
  readonly isWhole: boolean;
  readonly day: string;
}): Promise<Child> {
  if (given.annex.length === 0) return null;
  const { fileName, type, lines, written } = await writtenWithin(given.annex, given.day);
  const isWhole = given.isWhole && lines === given.annex.length;
  return (
    <p>
      <a class="fr-link fr-link--download" href={`data:${type.replace(/\s/g, "")};base64,${written}`} download={fileName}>
        {french`Télécharger l'annexe : ${isWhole ? "toutes les anomalies" : "les premières anomalies"}, une par ligne (${counted(lines, "ligne")}, CSV)`}
      </a>
    </p>
  );
}

async function writtenWithin(annex: readonly AnnexLine[], day: string) {
  for (let lines = annex.length; ; lines = Math.floor(lines / 2)) {
    const { fileName, type, body } = annexFile(annex.slice(0, lines), day);
    const pieces: string[] = [];
    for await (const piece of body as AsyncIterable<string>) pieces.push(piece);
    const bytes = Buffer.from(pieces.join(""));
    if (bytes.length <= mostBytes || lines === 0) return { fileName, type, lines, written: bytes.toString("base64") };
  }
}
