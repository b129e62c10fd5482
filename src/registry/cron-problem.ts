const ranges = [
  ["minute", 0, 59],
  ["hour", 0, 23],
  ["day of the month", 1, 31],
  ["month", 1, 12],
  ["day of the week", 0, 7],
] as const;

/** Returns the error in a cron expression such as `0 4 * * 1-5`, or undefined. Names of days and months are errors. */
export function cronProblem(expression: string): string | undefined {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== ranges.length)
    return `has ${parts.length} parts, must have 5: minute, hour, day of the month, month, day of the week`;
  for (const [index, [name, lowest, highest]] of ranges.entries()) {
    const part = parts[index] ?? "";
    if (!part.split(",").every((piece) => isPiece(piece, lowest, highest)))
      return `"${part}" is not a valid ${name} (${lowest}–${highest}, *, a-b, */n)`;
  }
  return undefined;
}

function isPiece(piece: string, lowest: number, highest: number): boolean {
  const found = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(piece);
  if (found === null) return false;
  const from = Number(found[1] ?? lowest);
  const to = Number(found[2] ?? found[1] ?? highest);
  return from >= lowest && to <= highest && from <= to && (found[3] === undefined || Number(found[3]) > 0);
}
