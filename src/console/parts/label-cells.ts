const part = /<(\/?)(table|tr|td|th)(?=[\s>])/g;

/**
 * Adds the title of its column to each cell of some rows of HTML, as `data-label`: a narrow screen shows the cells of a row one below the
 * other, without the head of the table. The first cell is the title of its row and gets none,
 * unless `isFirstLabelled`, as for a number. Tables inside a cell stay as they are.
 */
export function labelCells(rows: string, titles: readonly string[], isFirstLabelled = false): string {
  let column = 0;
  let depth = 0;
  return rows.replace(part, (tag, slash: string, name: string) => {
    if (name === "table") depth += slash === "" ? 1 : -1;
    if (depth > 0 || slash !== "" || name === "table") return tag;
    if (name === "tr") {
      column = 0;
      return tag;
    }
    const title = titles[column++] ?? "";
    return (column === 1 && !isFirstLabelled) || title === ""
      ? tag
      : `${tag} data-label="${title.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
  });
}
