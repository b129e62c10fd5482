export interface CsvColumn {
  /** Key of its values in a record. */
  readonly key: string;
  /** False if the header has no title; `key` is then `column N`. */
  readonly titled: boolean;
  /** The title, if an earlier column has the same. */
  readonly duplicateOf: string | null;
}

/**
 * Names the columns of a header with unique keys: trimmed titles, `title (2)` for a repeated title, and `column N` (from 1) without a
 * title.
 */
export function csvColumns(header: readonly string[]): CsvColumn[] {
  const titles = header.map(trimmedTitle);
  const taken = new Set(titles);
  /** Title -> number of its last use. */
  const numbers = new Map<string, number>();
  return titles.map((title, index) => {
    if (title === "") return { key: takeFree(taken, `column ${index + 1}`), titled: false, duplicateOf: null };
    let number = (numbers.get(title) ?? 0) + 1;
    while (number > 1 && taken.has(`${title} (${number})`)) number++;
    numbers.set(title, number);
    if (number === 1) return { key: title, titled: true, duplicateOf: null };
    return { key: takeFree(taken, `${title} (${number})`), titled: true, duplicateOf: title };
  });
}

/** Returns a title without outer blanks and byte order marks (`trim` removes both). `__proto__` cannot be a key and counts as no title. */
export function trimmedTitle(cell: string): string {
  const title = cell.trim();
  return title === "__proto__" ? "" : title;
}

function takeFree(taken: Set<string>, key: string): string {
  let free = key;
  for (let number = 2; taken.has(free); number++) free = `${key} (${number})`;
  taken.add(free);
  return free;
}
