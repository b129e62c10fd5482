/** Returns `1 aid` or `2 aids`. `many`: the plural, if it does not just add an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Returns the first characters of an id, which commands accept. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}
