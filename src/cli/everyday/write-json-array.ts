import type { Terminal } from "../terminal.ts";

/** Writes pages as one JSON array, one element per line, while reading them, so that memory does not grow. */
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
