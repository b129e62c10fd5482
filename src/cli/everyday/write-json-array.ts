import type { Terminal } from "../terminal.ts";

/** Writes what pages hold as one JSON array, an element a line, as it is read: memory does not grow with it. */
export async function writeJsonArray(pages: AsyncIterable<readonly unknown[]>, terminal: Terminal): Promise<void> {
  let isFirst = true;
  for await (const page of pages) {
    for (const element of page) {
      await terminal.write(`${isFirst ? "[" : ","}\n${JSON.stringify(element)}`);
      isFirst = false;
    }
  }
  await terminal.write(isFirst ? "[]\n" : "\n]\n");
}
