import { readFile, writeFile } from "node:fs/promises";

/**
 * Writes each text between the marks `<!-- NAME: written by COMMAND -->` and `<!-- end of NAME -->` of a Markdown file, by name. The rest of the file
 * stays. Throws if a mark is missing.
 */
export async function writeBetweenMarks(file: string, texts: Readonly<Record<string, string>>): Promise<void> {
  let page = await readFile(file, "utf8");
  for (const [name, text] of Object.entries(texts)) {
    const from = page.search(new RegExp(`(?<=<!-- ${name}: [^>]* -->)`));
    const to = page.indexOf(`<!-- end of ${name} -->`);
    if (from < 0 || to < from) throw new Error(`${file} lacks the marks of "${name}"`);
    page = `${page.slice(0, from)}\n\n${text}\n\n${page.slice(to)}`;
  }
  await writeFile(file, page);
}
